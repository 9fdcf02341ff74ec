#include "app/main/local_workplace.h"
#include "sync/client/sync.h"

namespace kuangxun {

Status LocalWorkplace::enrol(const std::string& url, const std::string& code) {
  KX_TRY(store, writable_store());
  return client::enrol(*store, url, code, clock_);
}

Result<std::optional<std::string>> LocalWorkplace::county() {
  KX_TRY(store, readable_store());
  return client::joined_county(*store);
}

Result<cli::Exchange> LocalWorkplace::sync(const std::string& url) {
  KX_TRY(store, writable_store());
  KX_TRY(report, client::sync(*store, folder_ / "attachments", url, clock_));
  return cli::Exchange{report.pushed,   report.pulled,      report.stored_through, report.applied_through,
                       report.disputes, report.quarantined, report.photos_sent,    report.photos_fetched};
}

}  // namespace kuangxun
