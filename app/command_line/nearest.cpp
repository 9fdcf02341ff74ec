#include "app/command_line/nearest.h"

#include <algorithm>

namespace kuangxun::command_line {
namespace {

constexpr std::size_t typed_bytes_max = 64;  // nothing longer is near a name; the table below stays small
constexpr std::size_t typed_bytes_min = 3;   // "-x" is one letter away from every other short option
constexpr std::size_t short_bytes_max = 5;

// Insertions, deletions, other letters, exchanged neighbours (optimal string alignment).
std::size_t slips_between(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) least[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) least[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1, least[i - 1][j - 1] + other});
      const bool is_exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_exchanged) least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
    }
  }
  return least[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view typed, const std::vector<std::string>& names) {
  if (typed.size() < typed_bytes_min || typed.size() > typed_bytes_max) return {};
  std::size_t least = typed.size() <= short_bytes_max ? 1 : 2;
  std::string found;
  bool is_only_one = false;
  for (const std::string& name : names) {
    const std::size_t slips = slips_between(typed, name);
    if (slips > least) continue;
    is_only_one = slips < least || found.empty();
    least = slips;
    found = name;
  }
  return is_only_one ? found : std::string();
}

Words proposed(const std::string& name) {
  return phrase("; did you mean {0}?", {name});
}

}  // namespace kuangxun::command_line
