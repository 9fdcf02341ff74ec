#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/base/uuid.h"

namespace kuangxun::records {

struct FieldDescription;

// A value in a form that this program does not know (FORMAT.md, value tags from 5 on): a newer program wrote it. It is
// kept and passed on as it came, and shown nowhere.
struct OpaqueValue {
  std::uint32_t tag = 0;
  Bytes bytes;
  bool operator==(const OpaqueValue&) const = default;
};

// What a field holds. Which alternative is fixed by the field's type:
//   text -> string; integer, decimal (scaled), boolean (0/1), enumeration (its number), day,
//   instant (UTC ms) -> int64; reference -> Uuid; hash, geometry (WKB),
//   track_points (track_block.h) -> Bytes. monostate = nothing was entered.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes, Uuid, OpaqueValue>;

inline bool is_empty(const Value& value) {
  return value.index() == 0;
}
inline bool has_value(const Value& value) {
  return value.index() != 0;
}

// From the text a person, a script or a CSV gives, in the form that format_value writes. Empty text
// is no value. Wrong shape or type is bad_input with the field's name; ranges are validate's
// business.
Result<Value> parse_value(const FieldDescription& field, std::string_view text);

// For machines: plain decimals, English codes of enumerations, ISO days,
// "2026-05-01T02:00:00.000Z", hex, WKT.
std::string format_value(const FieldDescription& field, const Value& value);

// For people, in the language of the day, with the unit.
std::string display_value(const FieldDescription& field, const Value& value);

}  // namespace kuangxun::records
