#include <algorithm>
#include <charconv>

#include "app/main/built.h"
#include "app/main/local_workplace.h"
#include "app/main/photo_standings.h"
#include "app/main/program_log.h"
#include "sync/client/bundles.h"
#include "sync/client/county_ties.h"
#include "sync/client/enrol.h"
#include "sync/client/sync.h"

// What the laptop does with its county, and what it knows of it.
namespace kuangxun {
namespace {

// Our clock less the county's, in milliseconds, when the county last told its time.
constexpr std::string_view clock_ahead_setting = "clock_ahead_ms";

Result<std::int64_t> known_county_time(sqlite::LocalStore& store) {
  KX_TRY(ties, client::read_ties(store));
  return ties ? ties->known_ms : 0;
}

// The county's time is that of its last answer, a moment ago.
Status note_clock(sqlite::LocalStore& store, std::int64_t known_before_ms, std::int64_t now_ms) {
  KX_TRY(known_ms, known_county_time(store));
  if (known_ms == known_before_ms) return {};
  return store.set_setting(clock_ahead_setting, std::to_string(now_ms - known_ms));
}

Result<std::optional<std::int64_t>> clock_ahead(sqlite::LocalStore& store) {
  KX_TRY(text, store.setting(clock_ahead_setting));
  std::int64_t ahead_ms = 0;
  if (!text) return std::optional<std::int64_t>();
  std::from_chars(text->data(), text->data() + text->size(), ahead_ms);
  return std::optional(ahead_ms);
}

cli::Exchange exchange_of(const engine::Report& session, std::uint64_t disputes) {
  cli::Exchange exchange;
  exchange.pushed = session.pushed;
  exchange.pulled = session.pulled;
  exchange.relayed = session.relayed;
  exchange.stored_through = session.stored_through;
  exchange.applied_through = session.applied_through;
  exchange.disputes = disputes;
  exchange.quarantined = session.quarantined;
  exchange.photos_sent = session.photos_sent;
  exchange.photos_fetched = session.photos_fetched;
  exchange.is_county_restored = session.is_county_restored;
  exchange.new_epoch = session.new_epoch;
  return exchange;
}

}  // namespace

Status LocalWorkplace::enrol(const std::string& url, const std::string& code, const Rest& rest) {
  KX_TRY(store, writable_store());
  KX_CHECK(client::enrol(*store, url, code, clock_, random_, rest));
  return note_clock(*store, 0, clock_.now_ms());
}

Result<people::Person> LocalWorkplace::enrol_person(const std::string& code, const std::string& pin, const Rest& rest) {
  KX_TRY(store, writable_store());
  KX_TRY(key, people_.begin_registration(pin));
  KX_TRY(told, client::enrol_person(*store, code, key, clock_, random_, rest));
  people::Person person{told.id, told.name, told.certificate_number, told.role, false, true};
  KX_CHECK(people_.finish_registration(person));
  return person;
}

Status LocalWorkplace::sign_as(const Uuid& person, SigningKey key) {
  KX_TRY(store, writable_store());
  store->unlock(person, std::move(key));
  return {};
}

Result<cli::Standing> LocalWorkplace::standing() {
  KX_TRY(store, readable_store());
  cli::Standing standing;
  standing.log_folder = log_folder_of(folder_);
  standing.built_ms = built_ms();
  standing.key_problem = store->key_problem();
  KX_TRY(ties, client::read_ties(*store));
  if (!ties) return standing;
  standing.county_url = ties->url;
  standing.county_time_ms = ties->known_ms;
  KX_TRY(name, store->setting("device_name"));
  standing.device_name = name.value_or("");
  KX_TRY(certificate, certificates::read_certificate(ties->certificate.der));
  standing.certificate_until_ms = certificate.validity.not_after_ms;
  KX_TRY(ahead_ms, clock_ahead(*store));
  standing.clock_ahead_ms = ahead_ms;
  return standing;
}

Result<inspect::PhotoStandings> LocalWorkplace::photos() {
  KX_TRY(store, readable_store());
  return photo_standings(*store, folder_ / "attachments");
}

Result<cli::Exchange> LocalWorkplace::sync(const std::string& url, const Rest& rest) {
  KX_TRY(store, writable_store());
  KX_TRY(known_before_ms, known_county_time(*store));
  const auto report = client::sync(*store, folder_ / "attachments", url, clock_, random_, rest);
  KX_CHECK(note_clock(*store, known_before_ms, clock_.now_ms()));
  if (!report.ok()) return report.error();
  return exchange_of(report->session, report->disputes);
}

Result<cli::WrittenBundle> LocalWorkplace::write_bundle(const std::filesystem::path& file, const Rest& rest) {
  KX_TRY(store, writable_store());
  KX_TRY(written, client::write_bundle(*store, folder_ / "attachments", file, clock_, random_, rest));
  return cli::WrittenBundle{written.file.bytes, written.file.hash, written.frames, written.photos, written.problem};
}

Result<cli::ReadBundle> LocalWorkplace::read_bundle(const std::filesystem::path& file, const Rest& rest) {
  KX_TRY(store, writable_store());
  KX_TRY(read, client::read_answers(*store, folder_ / "attachments", file, clock_, random_, rest));
  KX_TRY(counts, store->counts());
  return cli::ReadBundle{exchange_of(read.report, counts.disputes), read.photos_confirmed, read.is_overtaken,
                         read.has_more};
}

}  // namespace kuangxun
