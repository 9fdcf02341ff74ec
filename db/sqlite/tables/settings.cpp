#include "db/sqlite/tables/settings.h"

#include <charconv>

namespace kuangxun::sqlite {

Result<std::optional<Bytes>> read_setting_bytes(Database& database, std::string_view name) {
  KX_TRY(select, database.statement("SELECT value FROM setting WHERE name = ?"));
  select->bind(0, name);
  KX_TRY(row, select->step());
  std::optional<Bytes> value;
  if (row) {
    const ByteView bytes = select->bytes(0);
    value.emplace(bytes.begin(), bytes.end());
  }
  select->reset();
  return value;
}

Result<std::optional<std::string>> read_setting(Database& database, std::string_view name) {
  KX_TRY(bytes, read_setting_bytes(database, name));
  std::optional<std::string> text;
  if (bytes.has_value()) text = std::string(as_text(*bytes));
  return text;
}

Result<std::uint64_t> read_setting_number(Database& database, std::string_view name) {
  KX_TRY(text, read_setting(database, name));
  std::uint64_t number = 0;
  if (text.has_value()) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

Status write_setting(Database& database, std::string_view name, std::string_view value) {
  KX_TRY(upsert, database.statement("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"));
  upsert->bind(0, name);
  upsert->bind(1, value);
  return upsert->run();
}

Status write_setting_bytes(Database& database, std::string_view name, ByteView value) {
  KX_TRY(upsert, database.statement("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"));
  upsert->bind(0, name);
  upsert->bind(1, value);
  return upsert->run();
}

}  // namespace kuangxun::sqlite
