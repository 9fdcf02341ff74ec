#include "app/inspect/track/track_recorder.h"
#include "db/base/files.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"
#include "tests/support/jpeg_with_exif.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

// A visit with three minutes of track, and a folder of what the camera took.
struct PhotoDay : Office {
  PhotoDay() {
    open_example_place();
    start_visit("patrol");
    visit_id = store->list(kinds::visit)->front().id();
    open_visit_tab("findings");
    REQUIRE(make_folder(pictures).ok());
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
    REQUIRE(inspect::import_track(*desk, visit_id, inspect::recorded_fixes(fixes), counts).ok());
  }
  // By a camera that is so many seconds behind.
  void picture(const std::string& name, int after_s, int behind_s, bool has_position) {
    std::string taken = format_instant(clock.now_ms() + (after_s - behind_s) * 1000, beijing_offset_min).substr(0, 19);
    taken[4] = taken[7] = ':';
    taken[10] = ' ';
    PictureFacts facts{taken, "+08:00"};
    if (has_position) facts.latitude = {43, 13, 200}, facts.longitude = {81, 49, 3300};
    REQUIRE(write_file_durably(pictures / name, jpeg_with_exif(facts)).ok());
  }
  void import() {
    press("visit.photo_import");
    REQUIRE(workbench->is_busy());
    REQUIRE(wait_for([&] { return !workbench->is_busy(); }));
  }

  std::filesystem::path pictures = folder / "pictures";
  Uuid visit_id;
};

}  // namespace

TEST_CASE("a folder of photos is taken in from the window, and of each it is told where its position comes from") {
  PhotoDay day;
  day.picture("a.jpg", 30, 35, true);
  day.picture("b.jpg", 40, 35, false);
  day.picture("c.jpg", 4000, 35, false);
  CHECK_FALSE(day.button("visit.photo_import").enabled);
  day.fill("visit.photo_folder", "'" + day.pictures.string() + "'");
  day.fill("visit.photo_clock", "half a minute");
  day.press("visit.photo_import");
  CHECK_MESSAGE(contains(day.page_problem(), "秒数"), day.page_problem());
  CHECK_FALSE(day.workbench->is_busy());
  day.fill("visit.photo_clock", "35");
  day.import();
  CHECK_MESSAGE(contains(day.message(), "文件夹里 3 张照片（已对到轨迹：1；用相机的位置：1；已导入，没有位置：1）"),
                day.message());
  const std::string told = day.page_words();
  CHECK_MESSAGE(contains(told, "a.jpg | 用相机的位置"), told);
  CHECK(contains(told, "b.jpg | 已对到轨迹 ± "));
  CHECK(contains(told, "c.jpg | 已导入，没有位置 | 拍摄时间不在轨迹之内"));
  CHECK(day.has_entry("visit.photo.2.proves"));
  CHECK_FALSE(day.has_entry("visit.photo.3.proves"));
  CHECK(day.store->list(kinds::gps_point)->size() == 2);
  // Once more: nothing is taken in twice.
  const std::uint64_t operations = day.operations();
  day.import();
  CHECK(contains(day.message(), "已经有了：3"));
  CHECK(day.operations() == operations);
  day.fill("visit.photo_folder", (day.folder / "nowhere").string());
  day.import();
  CHECK_FALSE(day.page_problem().empty());
  CHECK_FALSE(contains(day.page_words(), "c.jpg | "));
}

TEST_CASE("by their time photos go to the visit that was under way, and what fits none is left out and said") {
  PhotoDay day;
  day.picture("a.jpg", -86'400, 0, false);
  day.clock.advance_ms(60'000);
  day.picture("b.jpg", 0, 0, false);
  day.fill("visit.photo_folder", day.pictures.string());
  day.choose("visit.photo_visit", "time");
  day.import();
  CHECK(day.view().message->tone == blocks::Tone::bad);
  const std::string told = day.page_words();
  CHECK_MESSAGE(contains(told, "a.jpg | 没有导入 | 拍摄时间"), told);
  CHECK(contains(told, "没有检查在进行"));
  CHECK(day.has_entry("visit.photo.0.proves"));
  CHECK_FALSE(day.has_entry("visit.photo.1.proves"));
}
