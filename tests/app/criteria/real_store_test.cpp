#include "db/base/random.h"
#include "db/records/handles/mining_right.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::input;

TEST_CASE("the laptop's real store with the pinned registers gives the plan's own figures") {
  tests::TemporaryFolder folder;
  tests::ManualClock clock;
  SystemRandom random;
  auto opened = sqlite::LocalStore::create(folder / "store", {clock, random});
  REQUIRE(opened.ok());
  auto& store = **opened;
  const auto genesis = registers::build_genesis_frame(tests::assets() / "registers");
  REQUIRE_MESSAGE(genesis.ok(), genesis.error().message());
  REQUIRE(store.adopt_registers(*genesis).ok());
  const Uuid iron = registers::register_id("mining-right", "3-02");
  const auto view = store.read(iron);
  REQUIRE(view.ok());
  const auto* method = view->record.kind().find_field(records::mining_right::mining_method);
  const history::Edit edit{
      iron, view->record.kind().number, method->group, {{method->number, std::int64_t{2}}}, view->seen(method->group)};
  REQUIRE(store.commit({&edit, 1}, Uuid{}).ok());

  const auto verdicts = check(store, tests::catalogue(), {std::nullopt, tests::day("2021-01-01")});
  REQUIRE_MESSAGE(verdicts.ok(), verdicts.error().message());
  std::vector<std::string> sites;
  for (const auto& verdict : *verdicts) {
    if (sites.empty() || sites.back() != verdict.site_name) sites.push_back(verdict.site_name);
    if (verdict.rule != "R05") continue;
    CHECK(input(verdict, "mines_large") == "2");
    CHECK(input(verdict, "mines_medium") == "4");
    CHECK(input(verdict, "mines_small") == "10");
    CHECK(input(verdict, "large_medium_share") == "37.5");
  }
  // The county first, then the mines in the plan's order.
  REQUIRE(sites.size() == 1 + 16 + 13 + 6 + 8);
  CHECK(sites[0] == "特克斯县");
  CHECK(sites[1] == "新疆特克斯县博故图金矿");
  CHECK(sites[16] == "特克斯县和旭砖厂粘土矿");
}
