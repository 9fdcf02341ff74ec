#include <charconv>

#include "app/office/office.h"
#include "app/office/told.h"
#include "db/sqlite/laptop_store.h"

// What the laptop does with its county, and what it knows of it.
namespace kuangxun::office {
namespace {

// Our clock less the county's, in milliseconds, when the county last told its time.
constexpr std::string_view clock_ahead_setting = "clock_ahead_ms";

// Told at an exchange: the county's time is that of its last answer, a moment ago.
Status note_clock(sqlite::LaptopStore& store, std::int64_t known_before_ms, std::int64_t known_ms,
                  std::int64_t now_ms) {
  if (known_ms == known_before_ms) return {};
  return store.set_setting(clock_ahead_setting, std::to_string(now_ms - known_ms));
}

Result<std::optional<std::int64_t>> clock_ahead(sqlite::LaptopStore& store) {
  KX_TRY(text, store.setting(clock_ahead_setting));
  std::int64_t ahead_ms = 0;
  if (!text) return std::optional<std::int64_t>();
  std::from_chars(text->data(), text->data() + text->size(), ahead_ms);
  return std::optional(ahead_ms);
}

// Messages about what was typed or chosen repeat it: they stay out of the log.
bool repeats_input(ErrorCode code) {
  return code == ErrorCode::bad_input || code == ErrorCode::not_found || code == ErrorCode::usage;
}

template <class T>
Status status_of(const Result<T>& result) {
  return result.ok() ? Status() : result.error();
}

}  // namespace

void Office::note(const std::string& act, const Status& status, const std::string& counts) {
  if (status.ok()) return log(act + " done" + (counts.empty() ? counts : " " + counts));
  log(act + (repeats_input(status.error().code()) ? " refused" : " error: " + status.error().message()));
}

Result<Enrolled> Office::enrol(const std::string& url, const std::string& code, const Running& running) {
  KX_TRY(store, hand_.to_write());
  const std::uint32_t epoch_before = store->own_writer().epoch;
  const Status joined = world_.county.enrol(*store, url, code, running);
  if (!joined.ok()) {
    note("enrol", joined, {});
    return joined.error();
  }
  KX_TRY(known, world_.county.known(*store));
  KX_CHECK(note_clock(*store, 0, known.time_ms, world_.clock.now_ms()));
  KX_TRY(standing, this->standing());
  Enrolled enrolled{standing.county.url, standing.device_name, standing.device_role, std::nullopt};
  if (store->own_writer().epoch != epoch_before) enrolled.new_epoch = store->own_writer().epoch;
  note("enrol", {}, log_text(tell(enrolled)));
  return enrolled;
}

Result<Standing> Office::standing() {
  KX_TRY(store, hand_.to_read());
  Standing standing;
  standing.log_folder = folder_ / "logs";
  standing.built_ms = world_.built_ms;
  standing.key_problem = store->key_problem();
  KX_TRY(progress, store->own_progress());
  standing.stored_through = progress.stored_through;
  standing.applied_through = progress.applied_through;
  KX_TRY(ahead_ms, clock_ahead(*store));
  standing.clock_ahead_ms = ahead_ms;
  KX_TRY(county, world_.county.known(*store));
  standing.county = std::move(county);
  KX_TRY(name, store->setting("device_name"));
  standing.device_name = name.value_or("");
  KX_TRY(role, store->setting("device_role"));
  standing.device_role = role.value_or("");
  return standing;
}

Result<Report> Office::sync(const std::string& url, const Running& running) {
  KX_TRY(store, hand_.to_write());
  KX_TRY(before, world_.county.known(*store));
  auto report = world_.county.sync(*store, folder_ / "attachments", url, running);
  note("sync", status_of(report), report.ok() ? log_text(tell(*report)) : std::string());
  // What came is shown, however it ended.
  KX_CHECK(store->show_pulled());
  // A failed sync has told the time too, once it has got through.
  KX_TRY(after, world_.county.known(*store));
  KX_CHECK(note_clock(*store, before.time_ms, after.time_ms, world_.clock.now_ms()));
  return report;
}

Result<WrittenBundle> Office::write_bundle(const std::filesystem::path& file, const Running& running) {
  KX_TRY(store, hand_.to_write());
  auto written = world_.county.write_bundle(*store, folder_ / "attachments", file, running);
  note("bundle write", status_of(written), written.ok() ? log_text(tell(*written, file)) : std::string());
  return written;
}

Result<Report> Office::read_bundle(const std::filesystem::path& file, const Running& running) {
  KX_TRY(store, hand_.to_write());
  auto report = world_.county.read_answers(*store, folder_ / "attachments", file, running);
  KX_CHECK(store->show_pulled());
  note("bundle read", status_of(report), report.ok() ? log_text(tell(*report)) : std::string());
  return report;
}

}  // namespace kuangxun::office
