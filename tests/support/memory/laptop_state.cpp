#include "tests/support/memory/laptop_state.h"

namespace kuangxun::tests {

std::uint64_t LaptopState::through(const history::WriterId& writer) const {
  const auto chain = chains.find(writer);
  return chain == chains.end() || chain->second.empty() ? 0 : chain->second.back().last;
}

std::uint64_t LaptopState::last_own() const {
  const auto after = operations.lower_bound({{device, epoch + 1}, 0});
  std::uint64_t last = through(own_writer());
  if (after != operations.begin() && std::prev(after)->first.writer == own_writer()) {
    last = std::max(last, std::prev(after)->first.sequence);
  }
  return last;
}

}  // namespace kuangxun::tests
