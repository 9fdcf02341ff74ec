#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kuangxun {

// FNV-1a, 64 bits, continued from `hash`.
constexpr std::uint64_t message_hash_begin = 14695981039346656037ULL;
constexpr std::uint64_t message_hash(std::string_view text, std::uint64_t hash = message_hash_begin) {
  for (const char character : text) {
    hash ^= static_cast<unsigned char>(character);
    hash *= 1099511628211ULL;
  }
  return hash;
}

// What parts a context from a message, as gettext has it.
constexpr std::string_view context_mark = "\004";

// A message by its English words, as gettext's catalogues name it. Made of literals only and hashed while compiling: a
// text that no catalogue could know does not compile, and finding its words costs no comparison of texts.
class MessageId {
 public:
  template <std::size_t size>
  consteval MessageId(const char (&english)[size])  // NOLINT: a literal is a message
      : english_(english, size - 1), hash_(message_hash({english, size - 1})) {}
  // Where the same English means two things; `context` is for whoever translates.
  template <std::size_t context_size, std::size_t size>
  consteval MessageId(const char (&context)[context_size], const char (&english)[size])
      : english_(english, size - 1),
        hash_(
            message_hash({english, size - 1}, message_hash(context_mark, message_hash({context, context_size - 1})))) {}

  constexpr std::string_view english() const { return english_; }
  constexpr std::uint64_t hash() const { return hash_; }

 private:
  std::string_view english_;
  std::uint64_t hash_;
};

// say(in_context("list", ", ")): the message ", " where it parts the members of a list.
template <std::size_t context_size, std::size_t size>
consteval MessageId in_context(const char (&context)[context_size], const char (&english)[size]) {
  return MessageId(context, english);
}

}  // namespace kuangxun
