#include <algorithm>
#include <cstdlib>

#include "app/inspect/photo_import.h"
#include "app/screens/visit_making.h"
#include "app/screens/workbench.h"
#include "db/base/decimal.h"
#include "db/base/language.h"

namespace kuangxun::screens {
namespace {

using Outcome = inspect::ImportedPhoto::Outcome;

Result<std::int64_t> clock_ahead_ms(const std::string& text) {
  constexpr int milliseconds_scale = 3;
  constexpr std::int64_t ahead_ms_max = 366LL * 24 * 3600 * 1000;
  if (text.empty()) return 0;
  const auto value = parse_decimal(text, milliseconds_scale);
  if (value.ok() && std::abs(*value) <= ahead_ms_max) return *value;
  return Error(ErrorCode::bad_input, say_text("相机时钟慢多少，应为秒数，如 35 或 -12.5",
                                              "how far the camera's clock is behind is in seconds, as 35 or -12.5"));
}

Message summary_of(const std::vector<inspect::ImportedPhoto>& photos) {
  if (photos.empty()) {
    return {say_text("文件夹里没有 JPEG 照片", "the folder holds no JPEG photo"), Tone::unsure};
  }
  std::string words;
  bool is_good = true;
  for (const Outcome outcome : {Outcome::placed_on_track, Outcome::placed_by_camera, Outcome::without_position,
                                Outcome::known_already, Outcome::refused}) {
    const auto count = std::ranges::count(photos, outcome, &inspect::ImportedPhoto::outcome);
    if (count == 0) continue;
    if (!words.empty()) words += say_text("；", "; ");
    words += inspect::outcome_text(outcome) + say_text("：", ": ") + std::to_string(count);
    is_good = is_good && outcome != Outcome::refused;
  }
  return {
      say_with("文件夹里 {0} 张照片（{1}）", "photos in the folder: {0} ({1})", {std::to_string(photos.size()), words}),
      is_good ? Tone::good : Tone::bad};
}

}  // namespace

Status Workbench::import_photos(const Uuid& visit) {
  inspect::PhotoImport wanted;
  wanted.folder = path_of(slots_[Slot::photo_folder]);
  KX_TRY(ahead_ms, clock_ahead_ms(slots_[Slot::photo_clock]));
  wanted.clock_ahead_ms = ahead_ms;
  if (slots_[Slot::photo_visit] != "time") wanted.visit = visit;
  wanted.offset_min = world_.desk.offset_min;
  wanted.thumbnails = world_.thumbnails_folder;
  wanted.between = [this] { rest([] {}); };
  const auto photos = std::make_shared<std::vector<inspect::ImportedPhoto>>();
  exchange(
      {say_text("正在导入照片…", "Importing photos…"),
       say_text("请稍候；原件逐张存好，已导入的不会重复。",
                "Please wait; each original is kept as it is, and none is taken in twice.")},
      [this, photos, wanted]() -> Status {
        KX_TRY(imported, inspect::import_photos(world_.desk, wanted));
        *photos = std::move(imported);
        return {};
      },
      [this, photos, visit](const Status& status) {
        known_.imported = std::move(*photos);
        known_.imported_at = visit;
        message_ = summary_of(known_.imported);
        if (!status.ok()) say_error(status.error());
      });
  return {};
}

}  // namespace kuangxun::screens
