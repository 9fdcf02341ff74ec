#pragma once

#include <memory>
#include <string>

#include "sync/sql/sql_database.h"

namespace kuangxun::postgres {

enum class Access {
  write,
  read,  // makes and completes no tables: an account that may only read is enough
};

// The county in a PostgreSQL database with PostGIS (the extension is created when it is missing and the account may).
// `address` is a connection URI (postgresql://…); its password is never repeated in a message. A connection that was
// lost is made anew at the next begin().
Result<std::unique_ptr<sql::SqlDatabase>> open_database(const std::string& address, Access access = Access::write);

}  // namespace kuangxun::postgres
