#pragma once

#include <filesystem>
#include <memory>

#include "sync/sql/sql_database.h"

namespace kuangxun::sqlite_county {

enum class Access {
  create,  // makes the file when it is missing
  own,     // the server's; not_found when it is missing
  beside,  // short writes beside the server: never checkpoints
  read,    // beside the server; never writes
};

// The county in one SQLite file that is a GeoPackage: QGIS and ogrinfo open it as it is. WAL with synchronous=FULL.
Result<std::unique_ptr<sql::SqlDatabase>> open_database(const std::filesystem::path& path, Access access);

}  // namespace kuangxun::sqlite_county
