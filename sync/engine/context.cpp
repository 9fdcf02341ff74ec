#include "sync/engine/context.h"

#include <algorithm>

namespace kuangxun::engine {
namespace {

// Claim, new incarnation, new epoch, another incarnation meanwhile: each asks for the status again, none twice in vain.
constexpr int restarts_max = 12;

}  // namespace

Step Context::fail(const Error& error) {
  const bool was_pulling = phase == Phase::pull;
  phase = Phase::done;
  // What came until now is worth seeing; why the pull failed is what must be said.
  if (was_pulling) static_cast<void>(store.show_pulled());
  return {{}, error};
}

bool Context::may_restart() {
  return ++restarts <= restarts_max;
}

void Context::grow_pieces() {
  message_bytes = std::min(message_bytes * 2, limits::message_bytes_wanted);
}

}  // namespace kuangxun::engine
