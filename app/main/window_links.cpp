#include "app/main/window_links.h"

namespace kuangxun {

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

Status CountyLink::enrol(const std::string& url, const std::string& code) {
  const Status status = workplace_.enrol(url, code);
  note("enrol", status, {});
  return status;
}

Result<screens::SyncReport> CountyLink::sync() {
  const auto done = workplace_.sync({});
  note("sync", done.ok() ? Status() : done.error(), done.ok() ? cli::log_note_of(*done) : std::string());
  if (!done.ok()) return done.error();
  screens::SyncReport report;
  report.pushed = done->pushed;
  report.pulled = done->pulled;
  report.relayed = done->relayed;
  report.stored_through = done->stored_through;
  report.applied_through = done->applied_through;
  report.disputes = done->disputes;
  report.quarantined = done->quarantined;
  report.photos_sent = done->photos_sent;
  report.photos_fetched = done->photos_fetched;
  report.is_county_restored = done->is_county_restored;
  report.new_epoch = done->new_epoch;
  report.news = cli::news_of(*done);
  return report;
}

Status LaptopPeopleLink::unlock(const Uuid& person, const std::string& pin) {
  KX_TRY(key, workplace_.people().unlock(person, pin));
  store_.unlock(person, std::move(key));
  return {};
}

}  // namespace kuangxun
