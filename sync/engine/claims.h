#pragma once

#include <vector>

#include "sync/engine/context.h"
#include "sync/engine/witness.h"

namespace kuangxun::engine {

// The turn that shows a county what it once signed: one that was restored from a backup need not know it, and its own
// signature tells it so.
class Claims {
 public:
  explicit Claims(Context& context) : context_(context) {}

  // The county has less than we saw. If it signed for more than it has, it is shown that; else (we were cut off before
  // its signature came) nothing can be proved, and we only go back to where it is.
  Turn begin(const wire::StatusAnswer& answer);
  // Another history than the one we saw. It may be an honest county that was restored from a backup, grew again before
  // we came, and does not know it. Once a session. What it signed a moment ago proves no restore and is not shown.
  Turn challenge(const Contradiction& contradiction, const Bytes& signed_now);
  Turn take(const wire::ClaimAnswer& answer);
  // The county was met for the first time, or is another incarnation: we start over with it.
  Turn meet(std::uint32_t incarnation);

 private:
  Turn next_challenge();

  Context& context_;
  bool has_challenged_ = false;    // it was shown what it had signed
  bool is_challenge_ = false;      // by the claim that is on its way
  std::vector<Bytes> challenges_;  // what else it signed, to be shown if it stands by what it shows
};

}  // namespace kuangxun::engine
