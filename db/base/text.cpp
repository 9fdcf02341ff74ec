#include "db/base/text.h"

#include <cassert>
#include <cstdint>

namespace kuangxun {
namespace {

// The length of the well-formed code point at `at` and its value, or 0 (RFC 3629, table of
// well-formed sequences).
std::size_t decode(std::string_view text, std::size_t at, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) {
    point = lead;
    return 1;
  }
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return 0;
  point = lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    point = (point << 6) | (byte(i) & 0x3f);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  return overlong || surrogate || point > 0x10ffff ? 0 : length;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    char32_t point = 0;
    const std::size_t length = decode(text, at, point);
    if (length == 0 || point == 0) return false;
    at += length;
  }
  return true;
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    char32_t point = 0;
    const std::size_t length = decode(text, at, point);
    points += length == 0 ? U'\uFFFD' : point;
    at += length == 0 ? 1 : length;
  }
  return points;
}

std::size_t count_code_points(std::string_view text) {
  return code_points(text).size();
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < text.size(); ++i) {
    char32_t point = 0;
    const std::size_t length = decode(text, at, point);
    at += length == 0 ? 1 : length;
  }
  return text.substr(0, at);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  parts.push_back(text.substr(from));
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  assert(!from.empty());
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string excerpt(std::string_view text, std::size_t count) {
  std::string shown;
  for (std::size_t at = 0; at < text.size() && count > 0; --count) {
    char32_t point = 0;
    const std::size_t length = decode(text, at, point);
    const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
    shown += length == 0 || control ? std::string_view("\uFFFD") : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return shown;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace kuangxun
