#pragma once

#include <functional>

namespace kuangxun {

// Long work that has something for itself, such as the store, gives it up while it waits for the world (the network, a
// slow medium): whoever else has something to write may have it meanwhile. Does `waiting` once. Empty: just waits.
using Rest = std::function<void(const std::function<void()>& waiting)>;

inline void rest_or_wait(const Rest& rest, const std::function<void()>& waiting) {
  rest ? rest(waiting) : waiting();
}

}  // namespace kuangxun
