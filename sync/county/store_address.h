#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/base/files.h"
#include "sync/sql/sql_store.h"

namespace kuangxun::county {

// What `--store` and `--keys` say: where the county's database and its keys are.
struct StoreAddress {
  std::filesystem::path sqlite_file;  // empty when it is PostgreSQL
  std::string postgres;               // empty when it is SQLite
  std::filesystem::path keys;
  // Whose free space is watched; empty when nobody can tell.
  std::filesystem::path disk_folder;
  bool is_sqlite() const { return !sqlite_file.empty(); }
};

// "sqlite:FILE" or "postgresql://…". Keys default to FILE-keys beside a SQLite file; PostgreSQL needs a folder. usage
// otherwise.
Result<StoreAddress> parse_store_address(const std::string& store, const std::string& keys);

enum class Purpose {
  create,
  serve,
  write_beside,
  read_beside,
  look,  // records only: makes and completes no tables, so that an account which may only read is enough
};
// `county` says which one, when the database holds several.
Result<std::unique_ptr<sql::SqlStore>> open_store(const StoreAddress& address, Purpose purpose,
                                                  const std::optional<Uuid>& county = std::nullopt);

// One server at a time owns a SQLite store; several may share a PostgreSQL one (then there is no lock).
Result<std::unique_ptr<FileLock>> lock_store(const StoreAddress& address);

}  // namespace kuangxun::county
