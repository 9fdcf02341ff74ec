#include "sync/county/office.h"

#include <limits>

#include "db/base/files.h"

namespace kuangxun::county {

std::uint64_t FolderGauge::free_bytes() {
  return folder_.empty() ? std::numeric_limits<std::uint64_t>::max() : kuangxun::free_bytes(folder_);
}

Result<std::unique_ptr<Office>> Office::open(const World& world, const StoreAddress& address, Purpose purpose) {
  std::unique_ptr<Office> office(new Office(world, address));
  KX_TRY(store, open_store(address, purpose));
  office->store_ = std::move(store);
  KX_TRY(county, ledger::County::open({*office->store_, office->keys_, world.clock, world.random}));
  office->county_ = std::move(county);
  KX_CHECK(office->reload_authority());
  return office;
}

Result<std::vector<wire::KeyStatement>> Office::statements() {
  return wire::open_key_statements(county_->statements(), {});
}

Status Office::reload_authority() {
  KX_TRY(all, statements());
  KX_TRY(authority, Authority::open(keys_, all, world_.random));
  authority_ = std::move(authority);
  return {};
}

}  // namespace kuangxun::county
