#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/base/result.h"

namespace kuangxun::json {

// A JSON value whose numbers keep their decimal text: 0.10 in is 0.10 out, no binary fraction in between.
struct JsonValue {
  enum class Type { null, boolean, number, string, array, object };

  Type type = Type::null;
  std::string text;  // the string, the number's literal, or "true" / "false"
  std::vector<JsonValue> items;
  std::vector<std::pair<std::string, JsonValue>> members;  // in their order

  static JsonValue string(std::string_view text);
  // Null when the text is empty.
  static JsonValue string_or_null(std::string_view text);
  // `literal` is a JSON number; null when it is empty.
  static JsonValue number(std::string literal);
  template <std::integral Number>
  static JsonValue integer(Number value) {
    return number(std::to_string(value));
  }
  // A whole number of 1 / 10^decimals: 1234 of 3 decimals is 1.234; null when there is none.
  static JsonValue decimal(std::optional<std::int64_t> value, int decimals);
  // Rounded to so many decimals; null when there is none.
  static JsonValue fixed(std::optional<double> value, int decimals);
  static JsonValue boolean(bool value);
  static JsonValue array();
  static JsonValue strings(const std::vector<std::string>& texts);
  static JsonValue object();

  // For building; gives back this object.
  JsonValue& add(std::string name, JsonValue value);
  void push(JsonValue value) { items.push_back(std::move(value)); }
  // nullptr when there is no such member.
  const JsonValue* find(std::string_view name) const;
};

// Reads one document. bad_input, with line and column, for anything that is not JSON (NaN, broken UTF-8, trailing
// text), a repeated member, or nesting beyond limits::document_depth_max.
Result<JsonValue> parse_json(std::string_view text);

// Two spaces an indent. Bytes that are not clean UTF-8 (from elsewhere) become U+FFFD.
std::string format_json(const JsonValue& value);
// In one line, without a blank: {"a":1,"b":[2,3]}.
std::string format_json_line(const JsonValue& value);
// In one line with blanks: {"a": 1, "b": [2, 3]}.
std::string format_json_spaced(const JsonValue& value);

}  // namespace kuangxun::json
