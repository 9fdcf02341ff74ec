// One office on a real store; only the county is a stand-in.
#include "app/office/office.h"

#include <doctest/doctest.h>

#include "app/inspect/visit/actions.h"
#include "db/base/files.h"
#include "db/records/handles/track_block.h"
#include "db/records/kinds.h"
#include "db/registers/registers.h"
#include "db/sqlite/laptop_store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

class StandInCounty final : public office::CountyLink {
 public:
  Result<office::County> known(sqlite::LaptopStore&) override { return county; }
  Status enrol(sqlite::LaptopStore& store, const std::string& url, const std::string&, const Running&) override {
    if (failure) return *failure;
    county.url = url;
    if (!takes_key_anew) return {};
    KX_TRY(next, store.prepare_epoch(store.own_writer().epoch));
    return store.enter_epoch(next, 1);
  }
  Result<people::Person> enrol_person(sqlite::LaptopStore&, const std::string& code, const SigningKey&,
                                      const Running&) override {
    if (failure) return *failure;
    return people::Person{fixed_uuid(code), code, "示例-01", "officer", false, true};
  }
  Result<office::Report> sync(sqlite::LaptopStore&, const std::filesystem::path&, const std::string&,
                              const Running&) override {
    return answer();
  }
  Result<office::WrittenBundle> write_bundle(sqlite::LaptopStore&, const std::filesystem::path&,
                                             const std::filesystem::path&, const Running&) override {
    if (failure) return *failure;
    return office::WrittenBundle{};
  }
  Result<office::Report> read_answers(sqlite::LaptopStore&, const std::filesystem::path&, const std::filesystem::path&,
                                      const Running&) override {
    return answer();
  }

  office::County county;
  office::Report report;
  std::optional<Error> failure;
  std::int64_t tells_ms = 0;  // the county's time, told by the next exchange
  bool takes_key_anew = false;

 private:
  Result<office::Report> answer() {
    if (tells_ms != 0) county.time_ms = tells_ms;
    if (failure) return *failure;
    return report;
  }
};

struct Room {
  Room() {
    const Status made = office.create(false);
    REQUIRE_MESSAGE(made.ok(), made.error().message());
  }
  std::string log() const {
    const auto text = read_text_file(folder / "data/logs/kuangxun.log", 1 << 20);
    return text.ok() ? *text : std::string();
  }
  history::RecordStore& store() { return **office.writer(); }

  ManualClock clock;
  SeededRandom random{5};
  TemporaryFolder folder;
  StandInCounty county;
  office::World world{clock, random, county, std::filesystem::path(source_folder()) / "assets", 0};
  office::Office office{folder / "data", world};
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a folder without data is said and stays as it was") {
  ManualClock clock;
  SeededRandom random{5};
  const TemporaryFolder folder;
  StandInCounty county;
  office::Office office(folder / "nothing", {clock, random, county, {}, 0});
  CHECK_FALSE(office.reader().ok());
  CHECK_FALSE(office.writer().ok());
  CHECK_FALSE(office.verify().ok());
  CHECK_FALSE(office.write_visit_paper(fixed_uuid("示例"), folder / "a.pdf").ok());
  office.log("a line");
  CHECK_FALSE(std::filesystem::exists(folder / "nothing"));
}

TEST_CASE("whoever asked, the log says what an exchange did, and why something did not go") {
  Room room;
  room.county.report.pushed = 31;
  room.county.report.problem = Error(ErrorCode::refused, "示例：没有接受");
  const auto by_network = room.office.sync({}, {});
  REQUIRE(by_network.ok());
  CHECK(by_network->problem.has_value());
  CHECK(contains(room.log(), "sync done pushed=31"));
  CHECK(contains(room.log(), "problem: 示例：没有接受"));
  const auto by_stick = room.office.read_bundle("/示例/a.kxb", {});
  REQUIRE(by_stick.ok());
  CHECK(by_stick->pushed == 31);
  CHECK(contains(room.log(), "bundle read done pushed=31"));
  room.county.failure = Error(ErrorCode::unavailable, "示例：连不上");
  CHECK_FALSE(room.office.sync({}, {}).ok());
  CHECK_FALSE(room.office.write_bundle("/示例/b.kxb", {}).ok());
  CHECK(contains(room.log(), "sync error: 示例：连不上"));
  CHECK(contains(room.log(), "bundle write error: 示例：连不上"));
}

TEST_CASE("what was typed or chosen does not stand in the log") {
  Room room;
  room.county.failure = Error(ErrorCode::bad_input, "注册码 ABCD-EFGH 不对");
  CHECK_FALSE(room.office.enrol("https://示例:1", "ABCD-EFGH", {}).ok());
  CHECK_FALSE(room.office.enrol_person("ABCD-EFGH", "4711-08-15", {}).ok());
  room.county.failure.reset();
  REQUIRE(room.office.write_bundle("/示例/b.kxb", {}).ok());
  const std::string log = room.log();
  CHECK(contains(log, "enrol refused"));
  CHECK(contains(log, "bundle write done"));
  CHECK_FALSE(contains(log, "ABCD"));
  CHECK_FALSE(contains(log, "4711"));
  CHECK_FALSE(contains(log, "b.kxb"));
}

TEST_CASE("an enrolment gives what the county knows the laptop as; after a lost key it says the new epoch") {
  Room room;
  const auto first = room.office.enrol("https://示例:1", "码", {});
  REQUIRE(first.ok());
  CHECK(first->url == "https://示例:1");
  CHECK_FALSE(first->new_epoch.has_value());
  CHECK(room.office.standing()->is_enrolled());
  room.county.takes_key_anew = true;
  const auto again = room.office.enrol("https://示例:1", "码", {});
  REQUIRE(again.ok());
  CHECK(again->new_epoch == 2);
}

TEST_CASE("an exchange that got through tells how far the clocks are apart, even when it failed") {
  Room room;
  room.county.county.time_ms = room.clock.now_ms() - 1000;
  CHECK_FALSE(room.office.standing()->clock_ahead_ms.has_value());
  REQUIRE(room.office.sync({}, {}).ok());
  // It told nothing new.
  CHECK_FALSE(room.office.standing()->clock_ahead_ms.has_value());
  room.county.tells_ms = room.clock.now_ms() - 5000;
  room.county.failure = Error(ErrorCode::refused, "示例");
  CHECK_FALSE(room.office.sync({}, {}).ok());
  CHECK(room.office.standing()->clock_ahead_ms == 5000);
}

TEST_CASE("a person signs with their PIN until the office is locked") {
  Room room;
  const auto person = room.office.enrol_person("示例甲", "4711-08-15", {});
  REQUIRE(person.ok());
  CHECK(room.office.people().has_key(person->id));
  auto& store = static_cast<sqlite::LaptopStore&>(room.store());
  CHECK(room.office.unlock(person->id, "4711-08-16").error().code() == ErrorCode::refused);
  CHECK(store.unlocked_person().is_nil());
  room.clock.advance_ms(60'000);
  REQUIRE(room.office.unlock(person->id, "4711-08-15").ok());
  CHECK(store.unlocked_person() == person->id);
  room.office.lock();
  CHECK(store.unlocked_person().is_nil());
}

TEST_CASE("the paper of a visit is written beside an office that is writing, and sees what was committed") {
  Room room;
  inspect::Desk desk = room.office.desk(room.store(), {}, nullptr);
  const auto visit = inspect::run_action(
      desk, "visit.start", {registers::register_id("mining-right", "3-02"), {{"visit_kind", "patrol"}}, {}, {}, {}});
  REQUIRE_MESSAGE(visit.ok(), visit.error().message());
  const std::filesystem::path file = room.folder / "a.pdf";
  const auto paper = room.office.write_visit_paper(*visit, file);
  REQUIRE_MESSAGE(paper.ok(), paper.error().message());
  CHECK(paper->pages > 0);
  const auto bytes = read_file(file, 64 << 20);
  REQUIRE(bytes.ok());
  CHECK(as_text(*bytes).starts_with("%PDF-"));
  CHECK(sha256(*bytes) == paper->hash);
  CHECK(room.office.write_visit_paper(fixed_uuid("nobody"), file).error().code() == ErrorCode::not_found);
}

TEST_CASE("a block of a track has a start but is no visit, and has no paper") {
  Room room;
  records::Record block(fixed_uuid("block"), records::kind_of(records::kinds::track_block));
  block.set_value(records::track_block::started_at, 1'777'600'000'000);
  REQUIRE(room.store().commit(history::edits_for_new(block), Uuid{}).ok());
  const auto paper = room.office.write_visit_paper(block.id(), room.folder / "paper.pdf");
  REQUIRE_FALSE(paper.ok());
  CHECK(paper.error().code() == ErrorCode::bad_input);
  CHECK_FALSE(std::filesystem::exists(room.folder / "paper.pdf"));
}

TEST_CASE("a lost key is the gravest warning, before a clock that is wrong") {
  office::Standing standing;
  history::StoreCounts counts;
  const std::int64_t now_ms = 1'777'593'600'000;
  CHECK(office::warnings_of(standing, counts, now_ms).empty());
  standing.built_ms = now_ms + 1000;
  standing.key_problem = "示例：密钥不见了";
  const auto warnings = office::warnings_of(standing, counts, now_ms);
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0] == standing.key_problem);
  CHECK(contains(warnings[1], "请校准"));
}
