#include "db/records/value.h"

#include <charconv>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/describe.h"
#include "db/records/geometry.h"
#include "db/records/track_block.h"
#include "db/records/unit_text.h"

namespace kuangxun::records {
namespace {

Error wrong_value(const FieldDescription& field, std::string_view text, const Words& wanted) {
  return Error(ErrorCode::bad_input,
               phrase("{0}: \"{1}\" is wrong; expected {2}", {field.name, first_code_points(text, 40), wanted}));
}

Result<Value> parse_integer(const FieldDescription& field, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) {
    return wrong_value(field, text, phrase("a whole number"));
  }
  return Value(number);
}

Result<Value> parse_enumeration(const FieldDescription& field, std::string_view text) {
  if (const EnumerationOption* option = field.enumeration->find(text)) return Value(option->number);
  Words options;
  for (const EnumerationOption& option : field.enumeration->options) {
    if (!options.empty()) options += phrase(", ");
    const std::string code(option.code);
    options += either_phrase(std::string(option.chinese) + "（" + code + "）", code);
  }
  return wrong_value(field, text, options);
}

Result<Value> parse_boolean(const FieldDescription& field, std::string_view text) {
  if (text == "true" || text == "1") return Value(std::int64_t{1});
  if (text == "false" || text == "0") return Value(std::int64_t{0});
  return wrong_value(field, text, "true / false");
}

Result<Value> parse_geometry(const FieldDescription& field, std::string_view text) {
  auto polygon = parse_polygon(text);
  if (!polygon.ok()) return polygon.error().within(std::string(field.name));
  return Value(encode_polygon(*polygon));
}

// Nobody types these: the hexadecimal text that format_value writes.
Result<Value> parse_track_points(const FieldDescription& field, std::string_view text) {
  if (text.size() / 2 > limits::track_block_bytes_max) {
    return wrong_value(field, text, phrase("track points"));
  }
  auto bytes = from_hex(text);
  if (!bytes.ok()) return wrong_value(field, text, phrase("hexadecimal"));
  return Value(std::move(bytes).value());
}

template <class T, class Make>
Result<Value> convert(const FieldDescription& field, Result<T> parsed, Make make) {
  if (!parsed.ok()) return parsed.error().within(std::string(field.name));
  return Value(make(*parsed));
}

std::string format_geometry(const Bytes& wkb) {
  const auto polygon = decode_polygon(wkb);
  return polygon.ok() ? format_polygon(*polygon) : to_hex(wkb);
}

// Nothing when they cannot be read.
std::string display_track_points(const Bytes& bytes) {
  const auto points = decode_track_block(bytes, 0);
  if (!points.ok()) return {};
  const std::int64_t duration_s = (points->back().time_ms - points->front().time_ms + 500) / 1000;
  return say_with("{0} points, {1} s", {std::to_string(points->size()), std::to_string(duration_s)});
}

}  // namespace

Result<Value> parse_value(const FieldDescription& field, std::string_view text) {
  if (text.empty()) return Value();
  if (!is_clean_utf8(text)) {
    return Error(ErrorCode::bad_input, phrase("{0}: invalid UTF-8 or a NUL character", {field.name}));
  }
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
      return Value(std::string(text));
    case FieldType::integer:
      return parse_integer(field, text);
    case FieldType::decimal:
      return convert(field, parse_decimal(text, field.scale), [](std::int64_t v) { return v; });
    case FieldType::boolean:
      return parse_boolean(field, text);
    case FieldType::enumeration:
      return parse_enumeration(field, text);
    case FieldType::day:
      return convert(field, parse_day(text), [](Day v) { return std::int64_t{v}; });
    case FieldType::instant:
      return convert(field, parse_instant(text), [](const Instant& v) { return v.utc_ms; });
    case FieldType::reference:
      return convert(field, parse_uuid(text), [](const Uuid& v) { return v; });
    case FieldType::hash:
      return convert(field, parse_hash(text), [](const Hash& v) { return Bytes(v.bytes.begin(), v.bytes.end()); });
    case FieldType::geometry:
      return parse_geometry(field, text);
    case FieldType::track_points:
      return parse_track_points(field, text);
  }
  return wrong_value(field, text, "?");
}

std::string format_value(const FieldDescription& field, const Value& value) {
  if (is_empty(value) || std::holds_alternative<OpaqueValue>(value)) return {};
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* id = std::get_if<Uuid>(&value)) return id->text();
  if (const auto* bytes = std::get_if<Bytes>(&value)) {
    return field.type == FieldType::geometry ? format_geometry(*bytes) : to_hex(*bytes);
  }
  const std::int64_t number = std::get<std::int64_t>(value);
  switch (field.type) {
    case FieldType::decimal:
      return format_decimal(number, field.scale);
    case FieldType::boolean:
      return number != 0 ? "true" : "false";
    case FieldType::enumeration: {
      const EnumerationOption* option = field.enumeration->find(number);
      return option != nullptr ? std::string(option->code) : std::to_string(number);
    }
    case FieldType::day:
      return format_day(number);
    case FieldType::instant:
      return format_instant(number, 0);
    default:
      return std::to_string(number);
  }
}

std::string display_value(const FieldDescription& field, const Value& value) {
  if (is_empty(value)) return {};
  if (std::holds_alternative<OpaqueValue>(value))
    return say_text("(written by a newer program; upgrade this one to see it)");
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number != nullptr && field.type == FieldType::enumeration) {
    const EnumerationOption* option = field.enumeration->find(*number);
    return option != nullptr ? either_text(option->chinese, option->english)
                             : say_with("unknown choice {0} (a newer program knows it)", {std::to_string(*number)});
  }
  if (number != nullptr && field.type == FieldType::boolean)
    return either_text(*number != 0 ? "是" : "否", *number != 0 ? "yes" : "no");
  if (number != nullptr && field.type == FieldType::instant) return format_minute(*number, beijing_offset_min);
  if (const auto* bytes = std::get_if<Bytes>(&value); bytes != nullptr && field.type == FieldType::track_points) {
    const std::string told = display_track_points(*bytes);
    if (!told.empty()) return told;
  }
  std::string text = format_value(field, value);
  if (!field.unit.empty()) text += " " + std::string(unit_text(field.unit));
  return text;
}

}  // namespace kuangxun::records
