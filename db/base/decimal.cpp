#include "db/base/decimal.h"

#include <cassert>
#include <limits>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun {
namespace {

Error not_a_number(std::string_view text) {
  return Error(ErrorCode::bad_input, phrase("\"{0}\" is not a number", {excerpt(text, 40)}));
}

Error too_large(std::string_view text) {
  return Error(ErrorCode::bad_input, phrase("\"{0}\" is too large", {excerpt(text, 40)}));
}

}  // namespace

std::int64_t power_of_ten(int exponent) {
  assert(exponent >= 0 && exponent <= 18);
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Result<std::int64_t> parse_decimal(std::string_view text, int scale) {
  const std::string_view whole_text = text;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.front() == '.' || text.back() == '.') return not_a_number(whole_text);
  // The magnitude of the most negative number is one more than that of the most positive.
  const std::uint64_t limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
  std::uint64_t magnitude = 0;
  int decimals = -1;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return not_a_number(whole_text);
    if (decimals >= scale) {
      if (c == '0') continue;
      return Error(ErrorCode::bad_input,
                   phrase("\"{0}\" has more than {1} decimals", {excerpt(whole_text, 40), std::to_string(scale)}));
    }
    if (decimals >= 0) ++decimals;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (magnitude > (limit - digit) / 10) return too_large(whole_text);
    magnitude = magnitude * 10 + digit;
  }
  for (int i = decimals < 0 ? 0 : decimals; i < scale; ++i) {
    if (magnitude > limit / 10) return too_large(whole_text);
    magnitude *= 10;
  }
  return static_cast<std::int64_t>(negative ? std::uint64_t{0} - magnitude : magnitude);
}

std::string format_decimal_padded(std::int64_t scaled, int scale) {
  const bool negative = scaled < 0;
  const std::uint64_t magnitude =
      negative ? std::uint64_t{0} - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  std::string digits = std::to_string(magnitude);
  const auto needed = static_cast<std::size_t>(scale) + 1;
  if (digits.size() < needed) digits.insert(0, needed - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
  return negative ? "-" + digits : digits;
}

std::string format_decimal(std::int64_t scaled, int scale) {
  std::string text = format_decimal_padded(scaled, scale);
  if (scale > 0) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

}  // namespace kuangxun
