#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace kuangxun::simulation {

// The story of a seed, one line a step, told only when somebody listens.
class Trace {
 public:
  using Listener = std::function<void(const std::string&)>;
  Trace() = default;
  explicit Trace(Listener listener) : listener_(std::move(listener)) {}
  // "day 3 07:15:02.120  who: what". `what` is called only when it is told.
  template <class What>
  void tell(std::int64_t at_ms, const std::string& who, const What& what) const {
    if (listener_) say(at_ms, who, what());
  }

 private:
  void say(std::int64_t at_ms, const std::string& who, const std::string& what) const;
  Listener listener_;
};

}  // namespace kuangxun::simulation
