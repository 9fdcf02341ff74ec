#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace kuangxun::report {

// What was recorded in one field (or group of fields). No head: nothing was entered. More than one: people entered
// different values and nobody has settled it; a paper prints all of them as disputed.
template <class T>
struct Entry {
  struct Head {
    T value;
    // Who entered it; may stay empty while there is one head only.
    std::string by;
  };
  std::vector<Head> heads;

  Entry() = default;
  template <class U, class = std::enable_if_t<std::is_convertible_v<U, T>>>
  Entry(U value) : heads{Head{T(std::move(value)), {}}} {}
  Entry(std::vector<Head> all) : heads(std::move(all)) {}

  bool empty() const { return heads.empty(); }
  bool disputed() const { return heads.size() > 1; }
};

using TextEntry = Entry<std::string>;

// Nothing to read in it: never filled, or emptied again.
inline bool is_blank(const TextEntry& entry) {
  return entry.empty() || (!entry.disputed() && entry.heads.front().value.empty());
}

}  // namespace kuangxun::report
