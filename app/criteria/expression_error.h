#pragma once

#include <cstddef>
#include <string>

namespace kuangxun::criteria {

// What stands wrong in an expression, and at which character (counted from 1).
struct ExpressionError {
  std::size_t character = 1;
  std::string message;
};

}  // namespace kuangxun::criteria
