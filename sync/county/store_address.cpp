#include "sync/county/store_address.h"

#include "db/language/language.h"
#include "sync/postgres/county_database.h"
#include "sync/sqlite/county_database.h"

namespace kuangxun::county {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

sqlite_county::Access access_for(Purpose purpose) {
  switch (purpose) {
    case Purpose::create:
      return sqlite_county::Access::create;
    case Purpose::serve:
      return sqlite_county::Access::own;
    case Purpose::write_beside:
      return sqlite_county::Access::beside;
    case Purpose::read_beside:
    case Purpose::look:
      break;
  }
  return sqlite_county::Access::read;
}

}  // namespace

Result<StoreAddress> parse_store_address(const std::string& store, const std::string& keys) {
  StoreAddress address;
  address.keys = keys;
  if (store.starts_with(sqlite_scheme) && store.size() > sqlite_scheme.size()) {
    address.sqlite_file = store.substr(sqlite_scheme.size());
    address.disk_folder = address.sqlite_file.has_parent_path() ? address.sqlite_file.parent_path() : ".";
    if (keys.empty()) address.keys = address.sqlite_file.string() + "-keys";
    return address;
  }
  if (store.starts_with("postgresql://") || store.starts_with("postgres://")) {
    if (keys.empty()) {
      return Error(ErrorCode::usage, phrase("with PostgreSQL, --keys must name the folder of the keys"));
    }
    address.postgres = store;
    return address;
  }
  // The address may hold a password: it is not repeated.
  return Error(ErrorCode::usage, phrase("--store must be sqlite:FILE or postgresql://…"));
}

Result<std::unique_ptr<sql::SqlStore>> open_store(const StoreAddress& address, Purpose purpose,
                                                  const std::optional<Uuid>& county) {
  const bool may_create = purpose == Purpose::create;
  if (!address.is_sqlite()) {
    const auto access = purpose == Purpose::look ? postgres::Access::read : postgres::Access::write;
    KX_TRY(database, postgres::open_database(address.postgres, access));
    return sql::SqlStore::open(std::move(database), may_create, county);
  }
  if (may_create && address.sqlite_file.has_parent_path()) KX_CHECK(make_folder(address.sqlite_file.parent_path()));
  auto database = sqlite_county::open_database(address.sqlite_file, access_for(purpose));
  if (!database.ok()) return database.error();
  auto store = sql::SqlStore::open(std::move(database).value(), may_create, county);
  if (!store.ok()) return store.error().within(address.sqlite_file.string());
  return store;
}

Result<std::unique_ptr<FileLock>> lock_store(const StoreAddress& address) {
  if (!address.is_sqlite()) return std::unique_ptr<FileLock>();
  if (address.sqlite_file.has_parent_path()) KX_CHECK(make_folder(address.sqlite_file.parent_path()));
  return FileLock::take(address.sqlite_file.string() + ".lock");
}

}  // namespace kuangxun::county
