#include "app/screens/visit_making.h"
#include "db/base/decimal.h"
#include "db/base/language.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

FindingView finding_view(const Making& making, const VisitFacts& visit, const inspect::Child& child,
                         std::size_t index) {
  const std::string prefix = "visit.finding." + std::to_string(index) + ".";
  FindingView view;
  for (const std::string field : {"text", "clause"}) {
    view.entries.push_back(
        text_entry(making, &child.record, address_of(child.record, field), prefix + field, visit.is_editable(child)));
    view.entries.back().lines = 1;
  }
  view.standing = standing_of(making, child);
  if (!child.record.is_voided()) view.buttons.push_back(void_button(child.record, prefix + "void"));
  return view;
}

PhotoView photo_view(const Making& making, const VisitFacts& visit, const inspect::Child& child, std::size_t index) {
  const std::string prefix = "visit.photo." + std::to_string(index) + ".";
  const records::Record& photo = child.record;
  PhotoView view;
  view.title = std::to_string(index + 1) + ". " + photo.text(records::photo::file_name) + " · " +
               photo.display(records::photo::file_bytes);
  if (photo.has(records::photo::file_hash))
    view.title += " · SHA-256 " + photo.display(records::photo::file_hash).substr(0, 12) + "…";
  for (const std::string field : {"proves", "taken_by", "original_carrier"}) {
    view.entries.push_back(
        text_entry(making, &photo, address_of(photo, field), prefix + field, visit.is_editable(child)));
    view.entries.back().lines = 1;
  }
  view.standing = standing_of(making, child);
  if (!photo.is_voided()) view.buttons.push_back(void_button(photo, prefix + "void"));
  return view;
}

Tone tone_of(inspect::ImportedPhoto::Outcome outcome) {
  using Outcome = inspect::ImportedPhoto::Outcome;
  switch (outcome) {
    case Outcome::placed_on_track:
    case Outcome::placed_by_camera:
      return Tone::good;
    case Outcome::without_position:
      return Tone::unsure;
    case Outcome::known_already:
      return Tone::muted;
    case Outcome::refused:
      break;
  }
  return Tone::bad;
}

void add_import(const Making& making, const VisitFacts& visit, VisitView& view) {
  view.photo_folder =
      slot_text(making, Slot::photo_folder, "visit.photo_folder",
                say_text("文件夹（JPEG 照片）", "Folder (JPEG photos)"), say_text("文件夹路径", "path of the folder"));
  view.photo_clock =
      slot_text(making, Slot::photo_clock, "visit.photo_clock",
                say_text("相机时钟慢多少秒（快则为负）", "Camera's clock behind by (s; ahead: negative)"),
                say_text("拍一张接收机的时间来对", "photograph the receiver's time to tell"));
  view.photo_visit = slot_choice(making, Slot::photo_visit, "visit.photo_visit", say_text("归到", "They belong to"),
                                 {{"this", "", say_text("这次检查", "this visit")},
                                  {"time", "time", say_text("拍摄时在进行的检查", "the visit under way when taken")}});
  const bool can_import = !making.slots[Slot::photo_folder].empty() && !visit.visit().is_voided();
  view.import_photos = {"visit.photo_import",
                        say_text("导入文件夹的照片", "Import the folder's photos"),
                        {Command::import_photos, visit.visit().id(), {}},
                        Tone::accent,
                        can_import};
  if (!can_import) view.import_photos.hint = say_text("先填文件夹的路径", "give the path of a folder first");
  if (making.known.imported_at != visit.visit().id()) return;
  for (const inspect::ImportedPhoto& photo : making.known.imported) {
    Fact fact{photo.file, inspect::outcome_text(photo.outcome), photo.reason, tone_of(photo.outcome)};
    if (photo.accuracy_mm) fact.value += " ± " + format_decimal((*photo.accuracy_mm + 99) / 100, 1) + " m";
    view.imported.push_back(std::move(fact));
  }
}

}  // namespace

void add_findings(const Making& making, const VisitFacts& visit, VisitView& view) {
  for (const inspect::Child* child : visit.children(kinds::finding)) {
    view.findings.push_back(finding_view(making, visit, *child, view.findings.size()));
  }
  if (!visit.visit().is_voided()) {
    FindingView blank;
    TextEntry entry = text_entry(making, nullptr, address_in(visit, kinds::finding, "text"),
                                 "visit.finding." + std::to_string(view.findings.size()) + ".text", true);
    entry.hint = say_text("写下所见问题即添加", "write what was found to add it");
    entry.lines = 1;
    blank.entries.push_back(std::move(entry));
    view.findings.push_back(std::move(blank));
  }
  view.photo_path = slot_text(making, Slot::photo_path, "visit.photo_path", say_text("照片文件", "Picture file"),
                              say_text("文件路径", "path of the file"));
  if (is_example(visit.visit())) {
    view.photo_buttons.push_back({"visit.photo_example",
                                  say_text("用示例图片", "Use the example picture"),
                                  {Command::use_example_photo, {}, {}}});
  }
  const bool can_add = !making.slots[Slot::photo_path].empty() && !visit.visit().is_voided();
  Button add{"visit.photo_add",
             say_text("添加照片", "Add the photo"),
             {Command::add_photo, visit.visit().id(), {}},
             Tone::accent,
             can_add};
  if (!can_add) add.hint = say_text("先填照片文件的路径", "give the path of a picture first");
  view.photo_buttons.push_back(std::move(add));
  add_import(making, visit, view);
  for (const inspect::Child* child : visit.children(kinds::photo)) {
    view.photos.push_back(photo_view(making, visit, *child, view.photos.size()));
  }
}

}  // namespace kuangxun::screens
