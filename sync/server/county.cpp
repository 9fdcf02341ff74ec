#include "sync/server/county.h"

#include "db/base/language.h"
#include "sync/wire/county_keys.h"

namespace kuangxun::server {

Result<std::unique_ptr<County>> County::open(const Parts& parts) {
  std::unique_ptr<County> county(new County(parts));
  KX_CHECK(county->refresh());
  return county;
}

Status County::refresh() {
  KX_TRY(state, store().state());
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
    return Error(ErrorCode::corrupt, say_text("县库里没有当前世代的密钥声明",
                                              "the county database holds no key statement for the present epoch"));
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
  registry_ = Registry(state_.county, heads);
  registry_read_through_ = state_.registry_sequence;
  return {};
}

void County::forget() {
  registry_read_through_.reset();
  key_epoch_.reset();
}

Result<CountyTransaction> CountyTransaction::begin(County& county, Work work) {
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

}  // namespace kuangxun::server
