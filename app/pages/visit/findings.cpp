#include <algorithm>
#include <cstdlib>

#include "app/inspect/photo/photo_import.h"
#include "app/inspect/visit/actions.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/photo.h"

// What was found, and the pictures that prove it. A folder of pictures is taken in by a worker, one original after the
// other, and what became of each is listed.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using inspect::ImportedPhoto;
using records::Record;
using Outcome = inspect::ImportedPhoto::Outcome;

constexpr std::string_view example_picture = "photo-example.png";
constexpr std::size_t hash_shown = 12;

std::string title(Context&, const Uuid&) {
  return say_text("Findings, photos");
}

Result<std::int64_t> clock_ahead_ms(const std::string& text) {
  constexpr int milliseconds_scale = 3;
  constexpr std::int64_t ahead_ms_max = 366LL * 24 * 3600 * 1000;
  if (text.empty()) return 0;
  const auto value = parse_decimal(text, milliseconds_scale);
  if (value.ok() && std::abs(*value) <= ahead_ms_max) return *value;
  return Error(ErrorCode::bad_input, phrase("how far the camera's clock is behind is in seconds, as 35 or -12.5"));
}

Message summary_of(const std::vector<ImportedPhoto>& photos) {
  if (photos.empty()) {
    return {say_text("the folder holds no JPEG photo"), Tone::unsure};
  }
  std::string words;
  bool is_good = true;
  for (const Outcome outcome : {Outcome::placed_on_track, Outcome::placed_by_camera, Outcome::without_position,
                                Outcome::known_already, Outcome::refused}) {
    const auto count = std::ranges::count(photos, outcome, &ImportedPhoto::outcome);
    if (count == 0) continue;
    if (!words.empty()) words += say_text("; ");
    words += inspect::outcome_text(outcome) + say_text(": ") + std::to_string(count);
    is_good = is_good && outcome != Outcome::refused;
  }
  return {say_with("photos in the folder: {0} ({1})", {std::to_string(photos.size()), words}),
          is_good ? Tone::good : Tone::bad};
}

Tone tone_of(Outcome outcome) {
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

class FindingsPage final : public Page {
 public:
  explicit FindingsPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    KX_TRY(photos, context_.photo_standings());
    if (std::exchange(visit_, id) != id) forget();
    blocks::Blocks page;
    page += findings_section(visit);
    page += photo_section(visit);
    page += folder_section(visit);
    std::size_t index = 0;
    for (const inspect::Child* child : visit.children(kinds::photo))
      add_photo_form(visit, *child, index++, photos, page);
    return page;
  }

 private:
  // What was typed about one visit is not meant for the next.
  void forget() {
    photo_path_.clear();
    imported_.clear();
  }

  blocks::Entry line_entry(const VisitFacts& visit, const inspect::Child& child, const std::string& field,
                           const std::string& prefix) {
    blocks::Entry entry =
        field_entry(context_, &child.record, address_of(child.record, field), prefix + field, visit.is_editable(child));
    entry.lines = 1;
    return entry;
  }

  blocks::Section findings_section(const VisitFacts& visit) {
    blocks::Section section{say_text("Findings"), {}};
    std::size_t index = 0;
    const auto next_prefix = [&] { return "visit.finding." + std::to_string(index++) + "."; };
    for (const inspect::Child* child : visit.children(kinds::finding)) {
      const std::string prefix = next_prefix();
      section.blocks += line_entry(visit, *child, "text", prefix);
      section.blocks += line_entry(visit, *child, "clause", prefix);
      const std::string standing = standing_of(context_, *child);
      if (!standing.empty()) section.blocks += blocks::Text{standing, Tone::bad};
      if (!child->record.is_voided()) section.blocks += void_button(context_, child->record, prefix + "void");
    }
    if (visit.visit().is_voided()) return section;
    blocks::Entry blank =
        field_entry(context_, nullptr, address_in(visit, kinds::finding, "text"), next_prefix() + "text", true);
    blank.hint = say_text("write what was found to add it");
    blank.lines = 1;
    section.blocks += std::move(blank);
    return section;
  }

  blocks::Section photo_section(const VisitFacts& visit) {
    blocks::Section section{say_text("Photos"), {}};
    blocks::Entry path =
        own_entry(photo_path_, "visit.photo_path", say_text("Picture file"), say_text("path of the file"));
    path.is_wide = false;
    section.blocks += std::move(path);
    blocks::Line buttons;
    if (is_example(visit.visit())) {
      buttons.blocks += blocks::Button{"visit.photo_example", say_text("Use the example picture"), [this]() -> Status {
                                         photo_path_ = (context_.examples_folder() / example_picture).string();
                                         return {};
                                       }};
    }
    const bool can_add = !photo_path_.empty() && !visit.visit().is_voided();
    buttons.blocks += blocks::Button{"visit.photo_add",
                                     say_text("Add the photo"),
                                     [this] { return add_photo(); },
                                     Tone::accent,
                                     can_add,
                                     can_add ? std::string() : say_text("give the path of a picture first")};
    section.blocks += std::move(buttons);
    return section;
  }

  blocks::Section folder_section(const VisitFacts& visit) {
    blocks::Section section{say_text("Photos of a whole folder"), {}};
    blocks::Entry folder =
        own_entry(folder_, "visit.photo_folder", say_text("Folder (JPEG photos)"), say_text("path of the folder"));
    blocks::Entry clock =
        own_entry(clock_, "visit.photo_clock", say_text("Camera's clock behind by (s; ahead: negative)"),
                  say_text("photograph the receiver's time to tell"));
    folder.is_wide = clock.is_wide = false;
    section.blocks += std::move(folder);
    section.blocks += std::move(clock);
    section.blocks += own_choice(
        belongs_to_, "visit.photo_visit", say_text("They belong to"),
        {{"this", "", say_text("this visit")}, {"time", "time", say_text("the visit under way when taken")}});
    const bool can_import = !folder_.empty() && !visit.visit().is_voided();
    section.blocks += blocks::Button{"visit.photo_import",
                                     say_text("Import the folder's photos"),
                                     [this] { return import_photos(); },
                                     Tone::accent,
                                     can_import,
                                     can_import ? std::string() : say_text("give the path of a folder first")};
    for (const ImportedPhoto& photo : imported_) {
      blocks::Fact fact{photo.file, inspect::outcome_text(photo.outcome), photo.reason, tone_of(photo.outcome)};
      if (photo.accuracy_mm) fact.value += " ± " + format_decimal((*photo.accuracy_mm + 99) / 100, 1) + " m";
      section.blocks += std::move(fact);
    }
    return section;
  }

  void add_photo_form(const VisitFacts& visit, const inspect::Child& child, std::size_t index,
                      const inspect::PhotoStandings& standings, blocks::Blocks& page) {
    const std::string prefix = "visit.photo." + std::to_string(index) + ".";
    const Record& photo = child.record;
    std::string name = std::to_string(index + 1) + ". " + photo.text(records::photo::file_name) + " · " +
                       photo.display(records::photo::file_bytes);
    if (photo.has(records::photo::file_hash))
      name += " · SHA-256 " + photo.display(records::photo::file_hash).substr(0, hash_shown) + "…";
    page += blocks::Divider{};
    page += blocks::Text{std::move(name)};
    std::string standing = standing_of(context_, child);
    if (const auto where = inspect::standing_of(standings, photo)) {
      standing += (standing.empty() ? "" : " · ") + inspect::standing_text(*where);
    }
    if (!standing.empty()) page += blocks::Text{std::move(standing), Tone::bad};
    blocks::Columns entries{prefix + "entries", 1, {}};
    for (const std::string field : {"proves", "taken_by", "original_carrier"}) {
      entries.cells += line_entry(visit, child, field, prefix);
    }
    entries.count = static_cast<int>(entries.cells.size());
    page += std::move(entries);
    if (!photo.is_voided()) page += void_button(context_, photo, prefix + "void");
  }

  Status add_photo() {
    std::error_code failure;
    const std::filesystem::path path = std::filesystem::absolute(path_of(photo_path_), failure);
    inspect::Request request{visit_, {}, {}, path, {}};
    if (path.parent_path() == context_.examples_folder()) request.fields.push_back({"is_example", "true"});
    KX_TRY(photo, inspect::run_action(context_.desk(), "photo.add", request));
    (void)photo;
    photo_path_.clear();
    context_.say({say_text("the photo is added"), Tone::good});
    return {};
  }

  Status import_photos() {
    inspect::PhotoImport wanted;
    wanted.folder = path_of(folder_);
    KX_TRY(ahead_ms, clock_ahead_ms(clock_));
    wanted.clock_ahead_ms = ahead_ms;
    if (belongs_to_ != "time") wanted.visit = visit_;
    wanted.offset_min = context_.desk().offset_min;
    wanted.thumbnails = context_.thumbnails_folder();
    const auto photos = std::make_shared<std::vector<ImportedPhoto>>();
    context_.run_beside(
        say_text("Importing photos…"),
        [photos, wanted](inspect::Desk& desk, const Running& running) mutable -> Status {
          wanted.running = running;
          KX_TRY(imported, inspect::import_photos(desk, wanted));
          *photos = std::move(imported);
          return running.check();
        },
        [this, photos, visit = visit_](const Status& status) {
          if (status.ok()) context_.say(summary_of(*photos));
          // Another visit may be open by now.
          if (visit == visit_) imported_ = std::move(*photos);
          context_.settle(status, [this] { return import_photos(); });
        });
    return {};
  }

  Context& context_;
  Uuid visit_;
  std::string photo_path_;
  std::string folder_;
  std::string clock_;       // seconds that the camera is behind
  std::string belongs_to_;  // "": this visit; "time": that under way when each was taken
  std::vector<ImportedPhoto> imported_;
};

const Registered findings_page{{"findings", Where::visit, 40, title, make<FindingsPage>}};

}  // namespace
}  // namespace kuangxun::pages
