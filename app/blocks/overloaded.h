#pragma once

namespace kuangxun::blocks {

// What to do with each alternative of a std::variant, as one visitor: std::visit(Overloaded{…}, value).
template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace kuangxun::blocks
