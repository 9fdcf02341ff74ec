#pragma once

#include <string>

namespace kuangxun {

// Where the sources lie that these tests were built from, and where they were built; both without a slash at the end.
// Functions and not definitions given to the compiler: only the one file behind them differs between two checkouts, so
// that all others come out of a compiler cache that another checkout filled.
[[nodiscard]] std::string source_folder();
[[nodiscard]] std::string binary_folder();

}  // namespace kuangxun
