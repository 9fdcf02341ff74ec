#include "db/records/kinds.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Command;
using screens::Slot;

namespace {

constexpr std::int64_t hour_ms = 3600 * 1000;

void look_again(Office& office) {
  office.press({Command::open_page, {}, "sync"});
}

std::string all(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("after three days without a sync the window says so, wherever one is") {
  Office office;
  office.open_example_place();
  CHECK(office.view().warnings.empty());
  office.clock.advance_ms(71 * hour_ms);
  look_again(office);
  CHECK(office.view().warnings.empty());
  office.clock.advance_ms(2 * hour_ms);
  look_again(office);
  REQUIRE(office.view().warnings.size() == 1);
  CHECK(contains(office.view().warnings[0], "3 天"));
  CHECK(contains(all_text(office.view().sync.laptop), "3 天"));
  office.press({Command::open_page, {}, "places"});
  CHECK(office.view().warnings.size() == 1);
}

TEST_CASE("a clock that is wrong is said and refuses nothing") {
  Office office;
  const std::int64_t now_ms = office.clock.now_ms();
  SUBCASE("behind what the county told") {
    office.link.state.county_time_ms = now_ms + 24 * hour_ms;
  }
  SUBCASE("behind the making of the program") {
    office.link.state.built_ms = now_ms + 24 * hour_ms;
  }
  SUBCASE("far ahead of the county") {
    office.link.state.clock_ahead_ms = hour_ms;
  }
  SUBCASE("behind the laptop's own entries") {
    office.open_example_place();
    office.clock.set_wall_ms(now_ms - 365 * 24 * hour_ms);
  }
  look_again(office);
  CHECK(contains(all(office.view().warnings), "请校准"));
  office.press({Command::open_page, {}, "places"});
  const std::uint64_t before = office.operations();
  office.open_example_place();
  CHECK(office.operations() > before);
}

TEST_CASE("a clock within ten minutes of the county's is good enough") {
  Office office;
  office.link.state.clock_ahead_ms = 9 * 60 * 1000;
  look_again(office);
  CHECK(office.view().warnings.empty());
}

TEST_CASE("the end of the certificate and the county's time are shown; near its end it is said") {
  Office office;
  const std::int64_t now_ms = office.clock.now_ms();
  office.link.state.is_enrolled = true;
  office.link.state.county_time_ms = now_ms;
  office.link.state.certificate_until_ms = now_ms + 100 * 24 * hour_ms;
  look_again(office);
  CHECK(contains(all_text(office.view().sync.county), "本机证书有效至"));
  CHECK(office.view().warnings.empty());
  office.link.state.certificate_until_ms = now_ms + 10 * 24 * hour_ms;
  look_again(office);
  CHECK(contains(all(office.view().warnings), "续期"));
}

TEST_CASE("a lost key is the first thing that is said") {
  Office office;
  office.link.state.key_problem = "读不到本机密钥";
  look_again(office);
  REQUIRE(!office.view().warnings.empty());
  CHECK(office.view().warnings[0] == "读不到本机密钥");
}

TEST_CASE("news of a sync that people must know stand above the page") {
  Office office;
  office.link.state.is_enrolled = true;
  office.link.report.news = {"县库曾从备份恢复", "本机以第 2 世代继续"};
  office.link.report.relayed = 7;
  look_again(office);
  office.press(office.view().sync.sync);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK(office.view().sync.notes.size() == 2);
  CHECK(contains(all_text(office.view().sync.last), "7 个操作"));
}

TEST_CASE("a photo says how much of it has gone") {
  Office office;
  office.open_example_place();
  office.start_visit("patrol");
  office.write(Slot::visit_tab, "findings");
  for (const screens::Button& button : office.visit().photo_buttons) {
    if (button.name == "visit.photo_example") office.press(screens::Button(button));
  }
  for (const screens::Button& button : office.visit().photo_buttons) {
    if (button.name == "visit.photo_add") office.press(screens::Button(button));
  }
  REQUIRE(office.visit().photos.size() == 1);
  const auto photos = office.store->list(records::kinds::photo);
  const Hash hash = hash_from_bytes(std::get<Bytes>(photos->front().value("file_hash")));
  using Where = inspect::PhotoStanding::Where;
  const auto standing = [&](Where where, std::uint64_t moved) {
    office.link.standings[hash] = {where, moved, 16};
    office.write(Slot::visit_tab, "findings");
    return office.visit().photos[0].standing;
  };
  CHECK(contains(standing(Where::on_laptop, 0), "还没有送"));
  CHECK(contains(standing(Where::on_laptop, 3), "已送 3/16 块"));
  CHECK(contains(standing(Where::missing_here, 5), "已取 5/16 块"));
  CHECK(contains(standing(Where::at_county, 16), "已到县里"));
}

TEST_CASE("a bundle is written and its answers are read from the page of the sync") {
  Office office;
  look_again(office);
  CHECK_FALSE(office.view().sync.write_bundle.enabled);
  office.link.state.is_enrolled = true;
  office.write(Slot::bundle_path, "/media/usb/a.kxb");
  look_again(office);
  office.press(office.view().sync.write_bundle);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK(contains(office.message(), "/media/usb/a.kxb"));
  office.link.report.pushed = 5;
  office.press(office.view().sync.read_bundle);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK(contains(all_text(office.view().sync.last), "5 个操作"));
}
