#include <atomic>
#include <cmath>
#include <fstream>

#include "app/inspect/track/track.h"
#include "app/inspect/track/track_recorder.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

std::string with_checksum(const std::string& words) {
  int sum = 0;
  for (const char c : words) sum ^= static_cast<unsigned char>(c);
  char end[8];
  std::snprintf(end, sizeof end, "*%02X\r\n", static_cast<unsigned>(sum));
  return "$" + words + end;
}

// Half an hour of walking north, 2.5 m each second.
void write_walk(const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  for (int second = 0; second < 1800; ++second) {
    char time[16], words[160];
    std::snprintf(time, sizeof time, "03%02d%02d.00", second / 60, second % 60);
    const double minutes = 9 + second * 2.5 / 1851.6;
    std::snprintf(words, sizeof words, "GPGGA,%s,43%09.6f,N,08154.000000,E,1,12,0.8,1312.1,M,-53.1,M,,", time, minutes);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPGST,%s,1.6,1.4,1.1,32.0,1.30,1.20,2.60", time);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPRMC,%s,A,43%09.6f,N,08154.000000,E,4.9,0.0,010526,,,A", time, minutes);
    out << with_checksum(words);
  }
}

// A track that is being recorded on a visit, and a sync that takes as long as the test says.
struct LongSync : Office {
  LongSync() {
    open_example_place();
    start_visit("patrol");
    open_visit_tab("positions");
    write_walk(folder / "walk.nmea");
    let_time_run();
    fill("gps.path", (folder / "walk.nmea").string());
    choose("gps.speed", "10");
    press("gps.start");
    press("gps.track");
    REQUIRE(has_button("gps.track_stop"));
    visit_id = store->list(kinds::visit)->front().id();
    REQUIRE(wait_for([&] { return contains(page_words(), " m | "); }));
  }
  ~LongSync() { is_over = true; }
  void begin_sync(std::string_view with = "sync.start") {
    if (with != "sync.enrol") link.join();
    open_page("sync");
    if (with == "sync.enrol") {
      fill("sync.url", "https://127.0.0.1:8765");
      fill("sync.code", "ABCD-EFGH");
    }
    fill("bundle.path", "/media/usb/a.kxb");
    press(with);
    REQUIRE(workbench->is_busy());
    REQUIRE(wait_for([&] { return is_at_county.load(); }));
  }
  // What a laptop that loses its power now would have: its folder, opened anew.
  std::vector<inspect::Track> after_a_kill() {
    const std::filesystem::path copy = folder.path() / ("kill" + std::to_string(kills++));
    std::filesystem::copy(folder / "data", copy, std::filesystem::copy_options::recursive);
    auto opened = sqlite::LocalStore::open(copy, {clock, random});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    auto tracks = inspect::tracks_of(**opened, visit_id);
    REQUIRE(tracks.ok());
    return std::move(tracks).value();
  }
  std::size_t points_after_a_kill() {
    std::size_t points = 0;
    for (const inspect::Track& track : after_a_kill()) points += track.points.size();
    return points;
  }
  // Fixes come for a while, then the time is over by which they must be written; true when they were.
  bool is_written() {
    const std::size_t before = points_after_a_kill();
    int looks = 0;
    (void)wait_for([&] { return ++looks > 60; });
    clock.advance_ms(inspect::TrackRecorder::keep_ms);
    looks = 0;
    return wait_for([&] { return ++looks % 30 == 0 && points_after_a_kill() > before; });
  }

  Uuid visit_id;
  int kills = 0;
  std::atomic<bool> is_at_county = false;
  std::atomic<bool> is_over = false;
};

void sleep_a_little() {
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

}  // namespace

TEST_CASE("a sync of minutes that waits for the network: the track is written all the while") {
  LongSync day;
  day.link.during_sync = [&](const Running&) {
    day.is_at_county = true;
    while (!day.is_over) sleep_a_little();
  };
  day.begin_sync();
  CHECK(day.is_written());
  CHECK(day.is_written());
  CHECK(day.workbench->is_busy());
  day.is_over = true;
  REQUIRE(day.wait_for([&] { return !day.workbench->is_busy(); }));
  CHECK_MESSAGE(contains(day.message(), "同步完成"), day.message());
  // One track, each point once, in its order; nothing was lost with the sync either.
  day.open_visit(day.visit_id);
  day.open_visit_tab("positions");
  day.press("gps.track_stop");
  const auto tracks = inspect::tracks_of(*day.store, day.visit_id);
  REQUIRE(tracks->size() == 1);
  CHECK(tracks->front().gaps() == 0);
  const auto& points = tracks->front().points;
  REQUIRE(points.size() > 10);
  for (std::size_t i = 1; i < points.size(); ++i) {
    REQUIRE(points[i].time_ms > points[i - 1].time_ms);
    REQUIRE(points[i].time_ms - points[i - 1].time_ms <= 2'000);
  }
}

TEST_CASE("an enrolment that waits, and answers from a slow stick: the track is written all the while") {
  for (const std::string_view what : {"sync.enrol", "bundle.read"}) {
    CAPTURE(what);
    LongSync day;
    day.link.during_sync = [&](const Running&) {
      day.is_at_county = true;
      while (!day.is_over) sleep_a_little();
    };
    day.begin_sync(what);
    CHECK(day.is_written());
    CHECK(day.workbench->is_busy());
    day.is_over = true;
    REQUIRE(day.wait_for([&] { return !day.workbench->is_busy(); }));
  }
}
