#include "app/inspect/photo/photo_import.h"

#include <doctest/doctest.h>
#include <turbojpeg.h>

#include "app/geo/map_offset.h"
#include "app/inspect/track/track_recorder.h"
#include "db/base/files.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/photo.h"
#include "tests/app/field_day/field_day.h"
#include "tests/support/real_jpeg.h"

namespace kuangxun::tests {
namespace {

using Outcome = inspect::ImportedPhoto::Outcome;

records::TrackPoint point(std::int64_t time_ms, std::int64_t north_mm, std::uint16_t flags = 0) {
  records::TrackPoint made{time_ms, 43'217'000'000 + north_mm * 9, 81'826'000'000};
  made.accuracy_mm = 3'000;
  made.flags = flags;
  return made;
}

struct PhotoDay : FieldDay {
  Uuid mine = entered(kinds::mining_right, {{"name", "示例矿"}});
  Uuid visit = acted("visit.start", mine, {{"visit_kind", "disclosure-check"}});
  std::filesystem::path pictures = folder / "pictures";

  PhotoDay() { REQUIRE(make_folder(pictures).ok()); }
  void picture(const std::string& name, const PictureFacts& facts) {
    REQUIRE(write_file_durably(pictures / name, jpeg_with_exif(facts)).ok());
  }
  // A minute of walking north, a metre a second, that begins at the clock's time.
  void walk() {
    std::vector<gps::Fix> fixes;
    for (int i = 0; i < 60; ++i) {
      gps::Fix fix;
      fix.utc_ms = clock.now_ms() + i * 3'000;
      fix.latitude_nanodegrees = 43'217'000'000 + i * 27'000;
      fix.longitude_nanodegrees = 81'826'000'000;
      fix.accuracy_mm = 3'000;
      fixes.push_back(fix);
    }
    inspect::TrackFilter::Counts counts;
    REQUIRE(inspect::import_track(desk, visit, inspect::recorded_fixes(fixes), counts).ok());
  }
  // What a camera writes at the clock's time and so many seconds.
  std::string taken_after(int seconds) {
    std::string text = format_instant(clock.now_ms() + seconds * 1000, beijing_offset_min).substr(0, 19);
    text[4] = text[7] = ':';
    text[10] = ' ';
    return text;
  }
  std::vector<inspect::ImportedPhoto> take(inspect::PhotoImport import = {}) {
    import.folder = pictures;
    import.thumbnails = folder / "thumbnails";
    auto all = inspect::import_photos(desk, import);
    REQUIRE(all.ok());
    return std::move(*all);
  }
};

}  // namespace

TEST_CASE("between two points of a track; not outside, not in a gap, not among first fixes") {
  using records::track_flags::gap_before, records::track_flags::unsettled;
  std::vector<inspect::Track> tracks(1);
  tracks[0].points = {point(0, 0, unsettled), point(1'000, 1'000),
                      point(11'000, 11'000),  point(31'000, 41'000, gap_before),
                      point(41'000, 41'000),  point(141'000, 51'000)};
  const auto at = [&](std::int64_t ms, std::int64_t clock_ms = 0) {
    return inspect::place_on_track(tracks, ms, clock_ms);
  };
  REQUIRE(at(6'000).has_value());
  CHECK(at(6'000)->latitude_nanodegrees == 43'217'000'000 + 6'000 * 9);
  // 3 m of the points, 5 m for the way between them (10 m by the ellipsoid, a little more or less), and with 2 s of
  // doubt about the clock 2 m of walking.
  CHECK(*at(6'000)->accuracy_mm == doctest::Approx(8'000).epsilon(0.01));
  CHECK(*at(6'000, 2'000)->accuracy_mm == doctest::Approx(10'000).epsilon(0.01));
  CHECK_FALSE(at(500).has_value());     // a first fix
  CHECK_FALSE(at(20'000).has_value());  // a gap
  CHECK(at(36'000).has_value());
  CHECK_FALSE(at(100'000).has_value());  // more than a minute between the points
  CHECK_FALSE(at(-1).has_value());
  CHECK_FALSE(at(142'000).has_value());
}

TEST_CASE("a folder of photos: by the camera's place, by the track, without one, twice, and one that is none") {
  PhotoDay day;
  day.walk();
  day.picture("a-camera.jpg", {day.taken_after(60), "+08:00", {43, 13, 0}, {81, 49, 0}});
  day.picture("b-track.JPG", {day.taken_after(60), "", {}, {}});
  day.picture("c-later.jpeg", {day.taken_after(4'000), "", {}, {}});
  day.picture("d-timeless.jpg", {"", "", {}, {}});
  REQUIRE(write_file_durably(day.pictures / "e-empty.jpg", Bytes()).ok());
  REQUIRE(write_file_durably(day.pictures / "notes.txt", Bytes{1}).ok());
  day.clock.advance_ms(8'000'000);
  inspect::PhotoImport import;
  import.visit = day.visit;
  const auto all = day.take(import);
  REQUIRE(all.size() == 5);
  CHECK(all[0].outcome == Outcome::placed_by_camera);
  CHECK(all[1].outcome == Outcome::placed_on_track);
  CHECK(all[2].outcome == Outcome::without_position);
  CHECK(all[3].outcome == Outcome::without_position);
  CHECK(all[4].outcome == Outcome::refused);
  CHECK_FALSE(all[4].reason.empty());
  const records::Record photo = day.read(all[1].photo);
  CHECK(photo.text(records::photo::file_name) == "b-track.JPG");
  const records::Record placed = day.read(photo.reference(records::photo::point));
  CHECK(placed.integer(records::gps_point::latitude_deg) == 43'217'000'000 + 20 * 27'000);
  CHECK(placed.display(records::gps_point::source) == "按时间对到轨迹");
  CHECK(placed.has(records::gps_point::accuracy_m));
  // The original, bit for bit.
  Hash hash;
  const Bytes& bytes = std::get<Bytes>(photo.value(*photo.kind().find_field(records::photo::file_hash)));
  std::copy(bytes.begin(), bytes.end(), hash.bytes.begin());
  CHECK(*day.attachments.read(hash) == *read_file(day.pictures / "b-track.JPG", 1 << 20));
  for (const auto& again : day.take(import))
    CHECK((again.outcome == Outcome::known_already || again.outcome == Outcome::refused));
}

TEST_CASE("a telephone that writes what its map shows is found out by the track") {
  PhotoDay day;
  day.walk();
  // 43.21754° N, 81.826° E after 60 s; Amap shows it some 260 m away.
  const geo::Position shown = geo::gcj02_of({43'217'000'000 + 20 * 27'000, 81'826'000'000});
  const auto parts = [](std::int64_t nanodegrees) {
    const double degrees = static_cast<double>(nanodegrees) / 1e9;
    const auto whole = static_cast<std::uint32_t>(degrees);
    const double minutes = (degrees - whole) * 60;
    const auto minute = static_cast<std::uint32_t>(minutes);
    return std::vector<std::uint32_t>{whole, minute, static_cast<std::uint32_t>((minutes - minute) * 6000)};
  };
  day.picture("a.jpg",
              {day.taken_after(60), "+08:00", parts(shown.latitude_nanodegrees), parts(shown.longitude_nanodegrees)});
  day.clock.advance_ms(8'000'000);
  const auto all = day.take();
  REQUIRE(all.size() == 1);
  CHECK(all[0].outcome == Outcome::placed_on_track);
  const records::Record placed = day.read(day.read(all[0].photo).reference(records::photo::point));
  CHECK(placed.integer(records::gps_point::latitude_deg) == 43'217'000'000 + 20 * 27'000);
  CHECK(contains(placed.text(records::gps_point::accuracy_basis), "地图坐标"));
}

TEST_CASE("a camera whose clock is behind is put right by what the person says") {
  PhotoDay day;
  day.walk();
  day.picture("a.jpg", {day.taken_after(60 - 3600), "", {}, {}});
  day.clock.advance_ms(8'000'000);
  inspect::PhotoImport import;
  import.clock_ahead_ms = 3'600'000;
  const auto all = day.take(import);
  REQUIRE(all.size() == 1);
  CHECK(all[0].outcome == Outcome::placed_on_track);
  CHECK(day.read(all[0].photo).integer(records::photo::taken_at) == day.clock.now_ms() - 8'000'000 + 60'000);
}

TEST_CASE("without a visit named, the one under way then; none or two, and the person is asked") {
  PhotoDay day;
  day.clock.advance_ms(3'600'000);
  day.picture("now.jpg", {day.taken_after(-60), "", {}, {}});
  day.picture("yesterday.jpg", {day.taken_after(-90'000), "", {}, {}});
  auto all = day.take();
  REQUIRE(all.size() == 2);
  CHECK(all[0].outcome == Outcome::without_position);
  CHECK(day.read(all[0].photo).reference(records::photo::visit) == day.visit);
  CHECK(all[1].outcome == Outcome::refused);
  day.acted("visit.start", day.mine, {{"visit_kind", "patrol"}});
  day.clock.advance_ms(600'000);
  day.picture("two.jpg", {day.taken_after(-60), "", {}, {}});
  all = day.take();
  CHECK(all[1].file == "two.jpg");
  CHECK(all[1].outcome == Outcome::refused);
  CHECK(day.desk.store.list(kinds::photo)->size() == 1);
}

// A real picture, grey, with the EXIF of such facts before it.
Bytes real_picture(const PictureFacts& facts, int width, int height) {
  const std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height * 3), 90);
  return with_exif(facts, real_jpeg(width, height, pixels));
}

TEST_CASE("a photo without a small picture of its own gets one, upright; the original stays bit for bit") {
  PhotoDay day;
  PictureFacts facts{day.taken_after(1), "", {}, {}};
  facts.orientation = 6;  // held upright: stored lying
  const Bytes original = real_picture(facts, 1600, 1200);
  REQUIRE(write_file_durably(day.pictures / "a.jpg", original).ok());
  Bytes damaged = original;
  damaged.resize(damaged.size() / 2);
  REQUIRE(write_file_durably(day.pictures / "b.jpg", damaged).ok());
  day.clock.advance_ms(60'000);
  const auto all = day.take();
  REQUIRE(all.size() == 2);
  REQUIRE_MESSAGE(all[0].outcome == Outcome::without_position, all[0].reason);
  CHECK(*day.attachments.read(sha256(original)) == original);
  const auto small = read_file(day.folder / "thumbnails" / (sha256(original).text() + ".jpg"), 1 << 20);
  REQUIRE(small.ok());
  tjhandle handle = tjInitDecompress();
  int width = 0, height = 0, subsampling = 0, colours = 0;
  CHECK(tjDecompressHeader3(handle, small->data(), small->size(), &width, &height, &subsampling, &colours) == 0);
  tjDestroy(handle);
  CHECK(width == 384);
  CHECK(height == 512);
  // The damaged one is evidence all the same, and has no small picture.
  CHECK(all[1].outcome == Outcome::without_position);
  CHECK(*day.attachments.read(sha256(damaged)) == damaged);
  CHECK_FALSE(std::filesystem::exists(day.folder / "thumbnails" / (sha256(damaged).text() + ".jpg")));
}

}  // namespace kuangxun::tests
