#include "db/base/base32.h"

#include <cassert>
#include <string_view>

namespace kuangxun {

std::string to_base32(ByteView bytes, std::size_t characters) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  assert(characters * 5 <= bytes.size() * 8);
  std::string text;
  for (std::size_t first = 0; first < characters * 5; first += 5) {
    unsigned digit = 0;
    for (std::size_t bit = first; bit < first + 5; ++bit) digit = digit * 2 + ((bytes[bit / 8] >> (7 - bit % 8)) & 1U);
    text += alphabet[digit];
  }
  return text;
}

}  // namespace kuangxun
