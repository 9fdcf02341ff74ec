#pragma once

#include <optional>
#include <string>

#include "app/geo/position.h"
#include "db/base/result.h"

// For this folder: positions and their accuracies as people type them behind a command.
namespace kuangxun::cli {

// --meridian; nothing when it is not given.
Result<std::optional<int>> read_meridian(const std::string& text);
// Degrees when they are, else X and Y; the message is that of what it looks most like.
Result<geo::Position> read_any_position(const std::string& text, std::optional<int> meridian_deg);
// --accuracy; nothing when it is not given.
Result<std::optional<std::int64_t>> read_accuracy_mm(const std::string& text);

}  // namespace kuangxun::cli
