#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/base/bytes.h"
#include "db/sqlite/connection/database.h"

// The table setting: small facts beside the log, by name.
namespace kuangxun::sqlite {

Result<std::optional<std::string>> read_setting(Database& database, std::string_view name);
Status write_setting(Database& database, std::string_view name, std::string_view value);
Result<std::optional<Bytes>> read_setting_bytes(Database& database, std::string_view name);
Status write_setting_bytes(Database& database, std::string_view name, ByteView value);
// 0 when there is none.
Result<std::uint64_t> read_setting_number(Database& database, std::string_view name);

}  // namespace kuangxun::sqlite
