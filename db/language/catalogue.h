#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kuangxun {

// The words of one language, read from an .mo file (what gettext's msgfmt makes of a .po). Nothing in it is believed:
// every offset is checked, and an entry whose words would lose or invent a placeholder is left out.
class Catalogue {
 public:
  Catalogue() = default;
  // `bytes` must outlive the catalogue. What was wrong stands in problems(); what could be read is there.
  explicit Catalogue(std::string_view bytes);

  // Empty when the language has no words for it.
  std::string_view find(std::uint64_t hash) const {
    const auto found = words_.find(hash);
    return found == words_.end() ? std::string_view() : found->second;
  }
  std::size_t size() const { return words_.size(); }
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  struct Tables {
    std::uint32_t count = 0;
    std::uint32_t ids = 0;
    std::uint32_t words = 0;
    bool is_swapped = false;
  };
  bool read_head(std::string_view bytes, Tables& tables);
  void take(std::string_view id, std::string_view words);

  std::unordered_map<std::uint64_t, std::string_view> words_;
  std::vector<std::string> problems_;
};

}  // namespace kuangxun
