#include "db/language/catalogue.h"

#include <bit>
#include <cstring>
#include <optional>

#include "db/language/message_id.h"

// The file: seven 32-bit numbers (magic, revision, count, where the ids' table lies, where the words' lies, two about a
// hash table that we do not use), two tables of {length, offset}, and the texts, each ended by a zero. An id with a
// plural holds both forms with a zero between, its words likewise; we have none, so such an entry is of another
// program.
namespace kuangxun {
namespace {

constexpr std::uint32_t magic = 0x950412de;
constexpr std::size_t head_bytes = 28;

std::optional<std::uint32_t> number_at(std::string_view bytes, std::uint64_t at, bool is_swapped) {
  if (at + 4 > bytes.size()) return std::nullopt;
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + at, 4);
  if constexpr (std::endian::native == std::endian::big) is_swapped = !is_swapped;
  return is_swapped ? __builtin_bswap32(number) : number;
}

std::optional<std::string_view> text_at(std::string_view bytes, std::uint64_t at, bool is_swapped) {
  const auto length = number_at(bytes, at, is_swapped);
  const auto offset = number_at(bytes, at + 4, is_swapped);
  if (!length || !offset || std::uint64_t{*offset} + *length > bytes.size()) return std::nullopt;
  return bytes.substr(*offset, *length);
}

// Which of {0} … {9} a text holds, a bit each.
unsigned placeholders_of(std::string_view text) {
  unsigned held = 0;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] == '{' && text[at + 2] == '}' && text[at + 1] >= '0' && text[at + 1] <= '9')
      held |= 1u << (text[at + 1] - '0');
  }
  return held;
}

}  // namespace

Catalogue::Catalogue(std::string_view bytes) {
  Tables tables;
  if (!read_head(bytes, tables)) {
    problems_.emplace_back("not a catalogue of words (.mo)");
    return;
  }
  for (std::uint32_t i = 0; i < tables.count; ++i) {
    const auto id = text_at(bytes, tables.ids + std::uint64_t{8} * i, tables.is_swapped);
    const auto words = text_at(bytes, tables.words + std::uint64_t{8} * i, tables.is_swapped);
    if (!id || !words) {
      problems_.emplace_back("cut short after entry " + std::to_string(i));
      return;
    }
    take(*id, *words);
  }
}

bool Catalogue::read_head(std::string_view bytes, Tables& tables) {
  if (bytes.size() < head_bytes) return false;
  const auto first = number_at(bytes, 0, false);
  tables.is_swapped = first != magic;
  if (number_at(bytes, 0, tables.is_swapped) != magic) return false;
  tables.count = *number_at(bytes, 8, tables.is_swapped);
  tables.ids = *number_at(bytes, 12, tables.is_swapped);
  tables.words = *number_at(bytes, 16, tables.is_swapped);
  return true;
}

void Catalogue::take(std::string_view id, std::string_view words) {
  if (id.empty() || words.empty()) return;  // the head of the catalogue; what is not translated yet
  const std::size_t mark = id.find(context_mark);
  const std::string_view english = mark == std::string_view::npos ? id : id.substr(mark + 1);
  if (id.find('\0') != std::string_view::npos || words.find('\0') != std::string_view::npos) {
    problems_.emplace_back("a plural that this program does not have: " + std::string(english));
  } else if (placeholders_of(english) != placeholders_of(words)) {
    problems_.emplace_back("other placeholders than in: " + std::string(english));
  } else {
    words_.emplace(message_hash(id), words);
  }
}

}  // namespace kuangxun
