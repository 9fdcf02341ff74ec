#pragma once

#include <optional>
#include <set>
#include <vector>

#include "sync/engine/context.h"

namespace kuangxun::engine {

// The turn that offers frames which are not of our current chain: to a county that was restored those of everybody,
// else only what is left of our own earlier epochs. Only we may still have them.
class Relaying {
 public:
  explicit Relaying(Context& context) : context_(context) {}

  Turn begin(bool of_everybody);
  Turn take(const wire::ChainsAnswer& answer);
  Turn take(const wire::PushAnswer& answer);
  // Whether the county took our word for the key of an earlier epoch. Where it did not, it is an older program or knows
  // another key of that epoch, and what it refused stays here.
  Turn take_vouched();
  Turn not_vouched();
  // The link broke: what is left is asked for anew.
  void forget();

 private:
  struct Relay {
    history::WriterId writer;
    std::uint64_t after = 0;       // what stands behind this operation is sent next
    std::uint64_t county_has = 0;  // the county's chain, up to here
    bool is_forked = false;        // the county has another chain under this name: ours goes there whole, as evidence
  };
  Turn next_chains();
  Turn next_relay();
  bool is_own(const history::WriterId& writer);
  Status settle_fork(const Relay& relay);
  Status note_own(const Relay& relay, const wire::ChainState& chain);
  Turn go_on_after(const wire::PushAnswer& answer);
  // Tells the county our key of an earlier epoch; none when it cannot be done, or was done already.
  std::optional<Step> vouch_for(const history::WriterId& earlier);

  Context& context_;
  std::vector<frames::ChainHead> chains_left_;  // to ask about; the last ones are next
  std::vector<frames::ChainHead> asked_;
  std::vector<Relay> relays_;        // the last one is next
  std::set<std::uint32_t> vouched_;  // earlier epochs whose keys the county was told in this session
  std::uint64_t relayed_last_ = 0;
};

}  // namespace kuangxun::engine
