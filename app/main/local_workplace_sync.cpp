#include "app/main/local_workplace.h"
#include "sync/client/enrol.h"
#include "sync/client/sync.h"

namespace kuangxun {

Status LocalWorkplace::enrol(const std::string& url, const std::string& code) {
  KX_TRY(store, writable_store());
  return client::enrol(*store, url, code, clock_, random_);
}

Result<std::optional<std::string>> LocalWorkplace::county() {
  KX_TRY(store, readable_store());
  return client::joined_county(*store);
}

Result<cli::Exchange> LocalWorkplace::sync(const std::string& url) {
  KX_TRY(store, writable_store());
  KX_TRY(report, client::sync(*store, folder_ / "attachments", url, clock_, random_));
  const engine::Report& session = report.session;
  cli::Exchange exchange;
  exchange.pushed = session.pushed;
  exchange.pulled = session.pulled;
  exchange.relayed = session.relayed;
  exchange.stored_through = session.stored_through;
  exchange.applied_through = session.applied_through;
  exchange.disputes = report.disputes;
  exchange.quarantined = session.quarantined;
  exchange.photos_sent = session.photos_sent;
  exchange.photos_fetched = session.photos_fetched;
  exchange.is_county_restored = session.is_county_restored;
  exchange.new_epoch = session.new_epoch;
  exchange.problem = session.problem;
  return exchange;
}

}  // namespace kuangxun
