#include "app/intake/plain_text.h"

#include "db/base/text.h"

namespace kuangxun::intake {
namespace {

constexpr std::string_view wide_blanks[] = {"\u3000", "\u00A0", "\u2003", "\u2002", "\uFEFF"};

// U+FF01 to U+FF5E stand for "!" to "~"; empty when `text` begins with none of them.
std::string narrow(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEF') return {};
  const auto middle = static_cast<unsigned char>(text[1]);
  const auto last = static_cast<unsigned char>(text[2]);
  if (middle == 0xBC && last >= 0x81) return {static_cast<char>('!' + (last - 0x81))};
  if (middle == 0xBD && last <= 0x9E) return {static_cast<char>('`' + (last - 0x80))};
  return {};
}

}  // namespace

std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string ascii = narrow(text.substr(at));
    if (!ascii.empty()) {
      result += ascii;
      at += 3;
      continue;
    }
    std::size_t blank = 0;
    for (const std::string_view wide : wide_blanks) {
      if (text.substr(at).starts_with(wide)) blank = wide.size();
    }
    result += blank > 0 ? ' ' : text[at];
    at += blank > 0 ? blank : 1;
  }
  return std::string(trim(result));
}

std::string folded(std::string_view text) {
  std::string result;
  for (const char letter : lower_ascii(plain(text))) {
    if (letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n') result += letter;
  }
  return result;
}

}  // namespace kuangxun::intake
