#pragma once

#include <optional>
#include <vector>

#include "sync/engine/context.h"
#include "sync/engine/witness.h"

namespace kuangxun::engine {

// The turn that follows the county's sequence, as its witness: pages must lead to what the county signed for before,
// in this session or an earlier one.
class Pulling {
 public:
  explicit Pulling(Context& context) : context_(context) {}

  // What the county signed for beyond our place before this session: it stays until the pages have led there. Who is
  // cut off before that could not tell any more that the county was restored meanwhile.
  Status recall_promises();
  // How far the county's sequence reached by what it signed.
  std::uint64_t promised_size() const;
  // What the status is signed for; kept before anything else is built on this status.
  Status hear(const wire::StatusAnswer& answer);
  // What it signed last for more than we have; empty for nothing.
  Bytes newest_promise() const { return promised_.empty() ? Bytes() : promised_.back().sealed; }
  // What is wrong with what was heard or read last, for Ending::contradicted.
  const std::optional<Contradiction>& contradiction() const { return contradiction_; }

  Turn next();
  Turn take(const wire::PullAnswer& answer);

 private:
  Status keep_last(const Bytes& sealed, std::uint64_t sequence);

  Context& context_;
  std::vector<SignedCheckpoint> promised_;
  std::optional<Contradiction> contradiction_;
};

}  // namespace kuangxun::engine
