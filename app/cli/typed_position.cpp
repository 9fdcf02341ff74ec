#include "app/cli/typed_position.h"

#include <algorithm>

#include "app/geo/grid_text.h"
#include "app/geo/position_text.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::cli {

Result<std::optional<int>> read_meridian(const std::string& text) {
  if (text.empty()) return std::optional<int>();
  const auto value = parse_decimal(text, 0);
  if (value.ok() && 73 <= *value && *value <= 136) return std::optional<int>(static_cast<int>(*value));
  return Error(ErrorCode::usage, phrase("--meridian is a whole degree, in this county 81 or 84"));
}

Result<geo::Position> read_any_position(const std::string& text, std::optional<int> meridian_deg) {
  auto degrees = geo::parse_position(text);
  if (degrees.ok()) return *degrees;
  auto grid = geo::parse_grid_position(text, meridian_deg);
  if (grid.ok()) return *grid;
  constexpr std::size_t digits_of_metres = 6;
  std::size_t run = 0, longest = 0;
  for (const char c : text) {
    run = '0' <= c && c <= '9' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest >= digits_of_metres && text.find('.') != 2 ? grid.error() : degrees.error();
}

Result<std::optional<std::int64_t>> read_accuracy_mm(const std::string& text) {
  if (text.empty()) return std::optional<std::int64_t>();
  const auto accuracy = parse_decimal(text, 3);
  if (accuracy.ok() && *accuracy >= 0) return std::optional<std::int64_t>(*accuracy);
  return Error(ErrorCode::usage, phrase("--accuracy is a number of metres"));
}

}  // namespace kuangxun::cli
