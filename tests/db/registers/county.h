#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/decimal.h"
#include "db/records/kinds.h"
#include "db/registers/registers.h"
#include "tests/support/where.h"

// The county's registers as shipped, read once, and questions to them.
namespace kuangxun::tests {

inline std::filesystem::path shipped_registers() {
  return std::filesystem::path(source_folder()) / "assets/registers";
}

inline const std::vector<records::Record>& county() {
  static const std::vector<records::Record> all = [] {
    auto loaded = registers::load_registers(shipped_registers());
    const std::string message = loaded.ok() ? "" : loaded.error().message();
    REQUIRE_MESSAGE(loaded.ok(), message);
    return std::move(loaded).value();
  }();
  return all;
}

inline std::vector<records::Record> of_kind(records::KindNumber kind) {
  std::vector<records::Record> found;
  for (const records::Record& record : county())
    if (record.kind().number == kind) found.push_back(record);
  return found;
}

inline const records::Record* find_record(const Uuid& id) {
  for (const records::Record& record : county())
    if (record.id() == id) return &record;
  return nullptr;
}

// A record that must be there.
inline const records::Record& record_of(std::string_view kind, std::string_view key) {
  const records::Record* found = find_record(registers::register_id(kind, key));
  REQUIRE_MESSAGE(found != nullptr, kind, ":", key);
  return *found;
}

// A value as machines write it.
inline std::string text_of(const records::Record& record, std::string_view field) {
  return records::format_value(*record.kind().find_field(field), record.value(*record.kind().find_field(field)));
}

// How many records have FIELD = TEXT.
inline int count_of(records::KindNumber kind, std::string_view field, std::string_view text) {
  int count = 0;
  for (const records::Record& record : of_kind(kind)) count += text_of(record, field) == text;
  return count;
}

// The sum of a decimal or whole field over the records that `wanted` picks, as plain text.
inline std::string sum_of(
    records::KindNumber kind, std::string_view field,
    const std::function<bool(const records::Record&)>& wanted = [](const auto&) { return true; }) {
  std::int64_t sum = 0;
  for (const records::Record& record : of_kind(kind))
    if (wanted(record)) sum += record.integer(*record.kind().find_field(field));
  return format_decimal(sum, records::kind_of(kind).find_field(field)->scale);
}

}  // namespace kuangxun::tests
