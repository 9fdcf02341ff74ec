#include "app/main/window_links.h"

namespace kuangxun {
namespace {

screens::SyncReport report_of(const cli::Exchange& done, std::vector<std::string> news) {
  screens::SyncReport report;
  report.pushed = done.pushed;
  report.pulled = done.pulled;
  report.relayed = done.relayed;
  report.stored_through = done.stored_through;
  report.applied_through = done.applied_through;
  report.disputes = done.disputes;
  report.quarantined = done.quarantined;
  report.photos_sent = done.photos_sent;
  report.photos_fetched = done.photos_fetched;
  report.is_county_restored = done.is_county_restored;
  report.new_epoch = done.new_epoch;
  report.news = std::move(news);
  return report;
}

}  // namespace

Result<screens::CountyState> CountyLink::county() {
  KX_TRY(standing, workplace_.standing());
  KX_TRY(progress, store_.own_progress());
  screens::CountyState state;
  state.is_enrolled = !standing.county_url.empty();
  state.url = standing.county_url;
  state.device_name = standing.device_name;
  state.stored_through = progress.stored_through;
  state.applied_through = progress.applied_through;
  state.certificate_until_ms = standing.certificate_until_ms;
  state.county_time_ms = standing.county_time_ms;
  state.clock_ahead_ms = standing.clock_ahead_ms;
  state.built_ms = standing.built_ms;
  state.key_problem = standing.key_problem;
  state.log_folder = standing.log_folder.string();
  return state;
}

void CountyLink::note(const std::string& what, const Status& status, const std::string& counts) {
  log_(workplace_.folder(),
       "window " + what + (status.ok() ? " done " + counts : " error: " + status.error().message()));
}

Status CountyLink::enrol(const std::string& url, const std::string& code, const Rest& rest) {
  const Status status = workplace_.enrol(url, code, rest);
  note("enrol", status, {});
  return status;
}

Result<screens::SyncReport> CountyLink::sync(const Rest& rest) {
  const auto done = workplace_.sync({}, rest);
  note("sync", done.ok() ? Status() : done.error(), done.ok() ? cli::log_note_of(*done) : std::string());
  if (!done.ok()) return done.error();
  return report_of(*done, cli::news_of(*done));
}

Result<std::string> CountyLink::write_bundle(const std::filesystem::path& file, const Rest& rest) {
  const auto written = workplace_.write_bundle(file, rest);
  note("bundle write", written.ok() ? Status() : written.error(), {});
  if (!written.ok()) return written.error();
  return cli::bundle_text(*written, file);
}

Result<screens::SyncReport> CountyLink::read_bundle(const std::filesystem::path& file, const Rest& rest) {
  const auto read = workplace_.read_bundle(file, rest);
  note("bundle read", read.ok() ? Status() : read.error(),
       read.ok() ? cli::log_note_of(read->exchange) : std::string());
  if (!read.ok()) return read.error();
  return report_of(read->exchange, cli::news_of(*read));
}

Status LaptopPeopleLink::unlock(const Uuid& person, const std::string& pin) {
  KX_TRY(key, workplace_.people().unlock(person, pin));
  store_.unlock(person, std::move(key));
  return {};
}

}  // namespace kuangxun
