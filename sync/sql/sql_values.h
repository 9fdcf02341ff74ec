#pragma once

#include <cassert>

#include "db/base/hash.h"
#include "db/base/uuid.h"
#include "sync/sql/sql_database.h"

// Our types as SQL values, and back. What comes back was written by us: another shape is our own mistake or a damaged
// database, and gives a nil value that is found out by whoever checks hashes.
namespace kuangxun::sql {

inline SqlValue to_sql(const Uuid& id) {
  return id.text();
}
inline SqlValue to_sql(const Hash& hash) {
  return Bytes(hash.bytes.begin(), hash.bytes.end());
}
inline SqlValue to_sql(const PublicKey& key) {
  return Bytes(key.bytes.begin(), key.bytes.end());
}
inline SqlValue to_sql(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}
template <class Number>
requires std::is_integral_v<Number> || std::is_enum_v<Number> SqlValue to_sql(Number number) {
  return static_cast<std::int64_t>(number);
}

inline std::int64_t integer_of(const SqlValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr ? *number : 0;
}
inline std::uint64_t unsigned_of(const SqlValue& value) {
  return static_cast<std::uint64_t>(integer_of(value));
}
inline std::string text_of(const SqlValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : std::string();
}
inline Bytes bytes_of(const SqlValue& value) {
  const auto* bytes = std::get_if<Bytes>(&value);
  return bytes != nullptr ? *bytes : Bytes();
}
inline Bytes take_bytes(SqlValue& value) {
  auto* bytes = std::get_if<Bytes>(&value);
  return bytes != nullptr ? std::move(*bytes) : Bytes();
}
inline Uuid id_of(const SqlValue& value) {
  const auto id = parse_uuid(text_of(value));
  return id.ok() ? *id : Uuid{};
}
inline Hash hash_of(const SqlValue& value) {
  const Bytes bytes = bytes_of(value);
  return bytes.size() == 32 ? hash_from_bytes(bytes) : Hash{};
}
inline PublicKey key_of(const SqlValue& value) {
  PublicKey key;
  key.bytes = hash_of(value).bytes;
  return key;
}

}  // namespace kuangxun::sql
