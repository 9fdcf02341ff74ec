#include "sync/ledger/county.h"

#include <algorithm>

#include "db/language/language.h"
#include "sync/wire/county_keys.h"

namespace kuangxun::ledger {
namespace {
constexpr std::int64_t numbers_begin_ms = 1'577'836'800'000;  // 2020-01-01
}

std::uint32_t next_number(std::uint32_t known, std::int64_t now_ms) {
  const std::int64_t seconds = std::clamp<std::int64_t>((now_ms - numbers_begin_ms) / 1000, 0, 0xffff'ffff);
  return std::max(known + 1, static_cast<std::uint32_t>(seconds));
}

Result<std::unique_ptr<County>> County::open(const Parts& parts) {
  std::unique_ptr<County> county(new County(parts));
  KX_CHECK(county->refresh());
  KX_CHECK(county->recover_statements());
  return county;
}

// The store may have been restored from before a rotation of the key, whose statement lies beside the key.
Status County::recover_statements() {
  KX_TRY(kept, secrets().kept_statements());
  if (kept.size() <= statements_.size()) {
    // A folder that cannot be written to is no reason not to serve: the store has them.
    if (kept.size() < statements_.size()) static_cast<void>(secrets().keep_statements(statements_).ok());
    return {};
  }
  KX_TRY(opened, wire::open_key_statements(kept, {}));
  if (!std::equal(statements_.begin(), statements_.end(), kept.begin())) {
    return Error(ErrorCode::corrupt, phrase("the key statements in the key folder are not those of the county "
                                            "database: check that the folder belongs to it"));
  }
  KX_TRY(transaction, CountyTransaction::begin(*this, ports::Work::store));
  for (std::size_t i = statements_.size(); i < kept.size(); ++i) KX_CHECK(store().add_key_statement(kept[i]));
  state_.key_count = static_cast<std::uint32_t>(kept.size());
  state_.epoch = next_number(std::max(state_.epoch, opened.back().first_epoch), clock().now_ms());
  KX_CHECK(store().set_state(state_));
  KX_CHECK(transaction.commit());
  return refresh();
}

Status County::refresh() {
  KX_TRY(state, store().state());
  // Under a running program's feet: a database that was restored while the program waited for it.
  if (state.latest_sequence() < state_.latest_sequence() || state.epoch < state_.epoch) has_own_epoch_ = false;
  state_ = std::move(state);
  if (statements_.size() != state_.key_count || key_epoch_ != state_.epoch) KX_CHECK(reload_keys());
  if (registry_read_through_ != state_.registry_sequence) KX_CHECK(reload_registry());
  return {};
}

Status County::reload_keys() {
  KX_TRY(statements, store().key_statements());
  KX_TRY(opened, wire::open_key_statements(statements, {}));
  frames::KnownCounty known = wire::known_county(opened);
  const auto key = known.key_of(state_.epoch);
  if (!key.has_value()) {
    return Error(ErrorCode::corrupt, phrase("the county database holds no key statement for the present epoch"));
  }
  KX_TRY(secret, secrets().find(*key));
  statements_ = std::move(statements);
  known_ = std::move(known);
  key_ = std::move(secret);
  key_epoch_ = state_.epoch;
  return {};
}

Status County::reload_registry() {
  KX_TRY(heads, store().registry_heads());
  registry_ = rights::Registry(state_.county, heads);
  registry_read_through_ = state_.registry_sequence;
  return {};
}

void County::forget() {
  registry_read_through_.reset();
  key_epoch_.reset();
  has_own_epoch_ = false;
}

void County::begin_own_epoch() {
  if (has_own_epoch_) return;
  state_.epoch = next_number(state_.epoch, clock().now_ms());
  has_own_epoch_ = true;
}

Result<CountyTransaction> CountyTransaction::begin(County& county, ports::Work work) {
  KX_CHECK(county.store().begin(work));
  CountyTransaction transaction(county);
  KX_CHECK(county.refresh());
  return transaction;
}

CountyTransaction::~CountyTransaction() {
  if (county_ == nullptr) return;
  county_->store().rollback();
  county_->forget();
}

Status CountyTransaction::also_store() {
  KX_CHECK(county_->store().also_store());
  return county_->refresh();
}

Status CountyTransaction::commit() {
  KX_CHECK(county_->store().commit());
  county_ = nullptr;
  return {};
}

}  // namespace kuangxun::ledger
