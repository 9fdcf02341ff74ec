#include "sync/county/upward_duty.h"

#include "db/base/calendar.h"
#include "db/base/text.h"

namespace kuangxun::county {

Result<upward::WrittenPackage> write_upward(Office& office, const UpwardWords& words) {
  upward::Ledger ledger(office.store(), office.county().state().county);
  upward::PackageWish wish;
  wish.path = words.file;
  wish.photo_bytes_max = words.photos_mb << 20;
  wish.is_sealed = !words.is_plain;
  wish.from_start = words.from_start;
  std::error_code failure;
  if (std::filesystem::is_directory(wish.path, failure)) {
    const std::string time =
        replace_all(replace_all(format_instant(office.county().clock().now_ms(), 0), ":", ""), " ", "-");
    wish.path /= "county-" + office.county().state().county.text().substr(0, 8) + "-" + time + ".kxup";
  }
  return upward::write_package(office.county(), ledger, wish);
}

Result<UpwardState> upward_state(sql::SqlStore& store, const ports::CountyState& state, std::int64_t now_ms) {
  upward::Ledger ledger(store, state.county);
  UpwardState upward;
  KX_TRY(peer, ledger.peer());
  upward.is_reporting = peer.prefecture.has_value();
  KX_TRY(packages, ledger.packages());
  const auto newest = upward::newest_receipted(packages, state.incarnation);
  if (newest.has_value()) {
    upward.receipted_through = newest->through;
    upward.receipted_at_ms = newest->receipted_at_ms;
  }
  std::int64_t since_ms = newest.has_value() ? newest->receipted_at_ms : state.created_at_ms;
  const std::int64_t every_ms = peer.every_ms == 0 ? upward_every_ms_default : peer.every_ms;
  upward.is_overdue =
      upward.is_reporting && upward.receipted_through < state.latest_sequence() && now_ms - since_ms > every_ms;
  return upward;
}

Status note_upward_period(Office& office, std::int64_t every_ms) {
  upward::Ledger ledger(office.store(), office.county().state().county);
  KX_TRY(peer, ledger.peer());
  if (peer.every_ms == every_ms) return {};
  KX_TRY(transaction, ports::Transaction::begin(office.store(), ports::Work::store));
  peer.every_ms = every_ms;
  KX_CHECK(ledger.set_peer(peer));
  return transaction.commit();
}

Result<bool> write_upward_when_due(Office& office, const UpwardWords& words, std::int64_t every_ms) {
  KX_CHECK(office.county().refresh());
  upward::Ledger ledger(office.store(), office.county().state().county);
  KX_TRY(packages, ledger.packages());
  const std::int64_t now_ms = office.county().clock().now_ms();
  // A clock that went back must not silence the county for years.
  if (!packages.empty() && !packages.back().hash.is_zero()) {
    const std::int64_t since_ms = now_ms - packages.back().written_at_ms;
    if (since_ms >= 0 && since_ms < every_ms) return false;
  }
  KX_CHECK(make_folder(words.file));
  KX_CHECK(write_upward(office, words));
  return true;
}

}  // namespace kuangxun::county
