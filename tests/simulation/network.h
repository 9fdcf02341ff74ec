#pragma once

#include <optional>

#include "tests/simulation/county_machine.h"

namespace kuangxun::simulation {

// Every link between a laptop and the county: loses, cuts, delays and repeats messages. What a cut or lost message did
// to the other side is not known to the sender, as in the world.
class Network {
 public:
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    CountyMachine& county;
    Tally& tally;
    const Trace& trace;
  };
  explicit Network(const Parts& parts) : parts_(parts), random_(random_stream(parts.plan.seed, 2)) {}

  struct Delivery {
    enum class How { answered, broken, busy, full } how = How::broken;  // busy: 429 or 503; full: 507
    Bytes answer;
    bool is_whole = true;  // else the answer was cut, or is somebody else's, and who reads it must notice
  };
  Delivery carry(const Bytes& request, const requests::Peer& peer);
  // How long that took, or how long the laptop waited before it gave up.
  std::int64_t delay_ms();
  // The same small question until the county says "too fast", or for so long as no program of ours would ask.
  void hammer(frames::FrameStore& store, const Uuid& county, Clock& clock);
  // From now on every message arrives once, whole and at once.
  void calm() { is_calm_ = true; }

 private:
  Delivery deliver(const Bytes& request, const requests::Peer& peer);
  void deliver_later(const Bytes& request, const requests::Peer& peer, std::int64_t delay_ms);
  bool chance(unsigned percent, Fault fault);
  void strike_county();

  Parts parts_;
  tests::SeededRandom random_;
  bool is_calm_ = false;
  Bytes last_request_;  // of somebody
  Bytes last_answer_;
};

}  // namespace kuangxun::simulation
