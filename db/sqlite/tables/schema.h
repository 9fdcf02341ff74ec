#pragma once

#include <string>

#include "db/base/result.h"
#include "db/records/describe.h"
#include "db/sqlite/connection/database.h"

// SCHEMA.md beside this file says in prose what each table holds.
namespace kuangxun::sqlite {

// The version this program writes; a file with a higher one is newer_version.
std::int64_t schema_version();

// Brings the file to schema_version(), one transaction a step. Creates everything in an empty file.
Status migrate(Database& database);
// Whether this program may touch the file at all: newer_version when a newer program wrote it, refused when a trial
// version did.
Status check_origin(Database& database);
// The same, and unavailable when it needs a migration (for readers).
Status check_version(Database& database);

// The tables of one kind: what the record descriptions say today. They are a projection and are made anew whenever the
// descriptions change, so they need no migrations of their own.
Status drop_typed_tables(Database& database);
Status create_typed_tables(Database& database);

// Tables beside those of the projection, to be filled while those are shown: first whatever is there of such tables is
// taken away. Inside a transaction.
constexpr std::string_view beside_prefix = "beside_";
Status create_beside_tables(Database& database);
// They and those that are shown exchange what they hold. Inside a transaction; takes milliseconds, whatever that is.
Status swap_beside_tables(Database& database);
// Takes away some rows of the tables beside the shown ones, in the end the tables; whether there is more. In pieces,
// because the time it takes to drop a table grows with it.
Result<bool> drop_beside_piece(Database& database, std::size_t rows);
Status drop_beside_tables(Database& database);

// Changes whenever any kind, field or index does.
std::string description_fingerprint();

// A name as SQL wants it, quoted.
std::string quoted_name(std::string_view name);

}  // namespace kuangxun::sqlite
