#include "app/json/json_value.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

#include "db/base/decimal.h"
#include "db/base/text.h"

namespace kuangxun::json {
namespace {

void append_escaped(std::string& out, const std::string& text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view point = first_code_points(std::string_view(text).substr(at), 1);
    const auto byte = static_cast<unsigned char>(point.front());
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += point;
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 0xf];
    } else {
      out += is_clean_utf8(point) ? point : std::string_view("\xEF\xBF\xBD");
    }
    at += point.size();
  }
  out += '"';
}

class Writer {
 public:
  enum class Style { indented, spaced, dense };
  explicit Writer(Style style) : style_(style) {}

  void write(const JsonValue& value) {
    switch (value.type) {
      case JsonValue::Type::null:
        out += "null";
        return;
      case JsonValue::Type::boolean:
      case JsonValue::Type::number:
        out += value.text;
        return;
      case JsonValue::Type::string:
        append_escaped(out, value.text);
        return;
      case JsonValue::Type::array:
        write_all('[', ']', value.items, [&](const JsonValue& item) { write(item); });
        return;
      case JsonValue::Type::object:
        write_all('{', '}', value.members, [&](const auto& member) {
          append_escaped(out, member.first);
          out += style_ == Style::dense ? ":" : ": ";
          write(member.second);
        });
        return;
    }
  }

  std::string out;

 private:
  template <class Items, class Write>
  void write_all(char opening, char closing, const Items& items, Write write_one) {
    out += opening;
    ++depth_;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += style_ == Style::spaced ? ", " : ",";
      break_line();
      write_one(items[i]);
    }
    --depth_;
    if (!items.empty()) break_line();
    out += closing;
  }
  void break_line() {
    if (style_ != Style::indented) return;
    out += '\n';
    out.append(depth_ * 2, ' ');
  }

  Style style_;
  std::size_t depth_ = 0;
};

JsonValue of(JsonValue::Type type, std::string text) {
  JsonValue value;
  value.type = type;
  value.text = std::move(text);
  return value;
}

}  // namespace

JsonValue JsonValue::string(std::string_view text) {
  return of(Type::string, std::string(text));
}

JsonValue JsonValue::string_or_null(std::string_view text) {
  return text.empty() ? JsonValue() : string(text);
}

JsonValue JsonValue::number(std::string literal) {
  return literal.empty() ? JsonValue() : of(Type::number, std::move(literal));
}

JsonValue JsonValue::decimal(std::optional<std::int64_t> value, int decimals) {
  return value ? of(Type::number, format_decimal(*value, decimals)) : JsonValue();
}

JsonValue JsonValue::fixed(std::optional<double> value, int decimals) {
  if (!value) return {};
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, *value);
  return of(Type::number, text);
}

JsonValue JsonValue::boolean(bool value) {
  return of(Type::boolean, value ? "true" : "false");
}

JsonValue JsonValue::array() {
  return of(Type::array, {});
}

JsonValue JsonValue::strings(const std::vector<std::string>& texts) {
  JsonValue all = array();
  for (const std::string& text : texts) all.push(string(text));
  return all;
}

JsonValue JsonValue::object() {
  return of(Type::object, {});
}

JsonValue& JsonValue::add(std::string name, JsonValue value) {
  assert(find(name) == nullptr && "a member is added once");
  members.emplace_back(std::move(name), std::move(value));
  return *this;
}

const JsonValue* JsonValue::find(std::string_view name) const {
  const auto found =
      std::ranges::find(members, name, [](const auto& member) { return std::string_view(member.first); });
  return found == members.end() ? nullptr : &found->second;
}

std::string format_json(const JsonValue& value) {
  Writer writer(Writer::Style::indented);
  writer.write(value);
  return std::move(writer.out);
}

std::string format_json_line(const JsonValue& value) {
  Writer writer(Writer::Style::dense);
  writer.write(value);
  return std::move(writer.out);
}

std::string format_json_spaced(const JsonValue& value) {
  Writer writer(Writer::Style::spaced);
  writer.write(value);
  return std::move(writer.out);
}

}  // namespace kuangxun::json
