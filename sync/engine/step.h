#pragma once

#include <optional>
#include <variant>

#include "sync/wire/messages.h"

// What a session says to whoever carries its messages, and what its turns say to it.
namespace kuangxun::engine {

enum class Phase {
  status,
  claim,
  compare_chain,
  keep_fork,
  new_epoch,
  push,
  ask_chains,
  relay,
  vouch,
  pull,
  offer_photos,
  send_photo,
  ask_photos,
  fetch_photo,
  done
};

// What to do now: send `request` and give its answer to Session::answered(), or stop.
struct Step {
  std::optional<wire::RequestBody> request;
  std::optional<Error> failure;
  bool is_done() const { return !request.has_value() && !failure.has_value(); }
};

inline Step ask(wire::RequestBody request) {
  return {std::move(request), {}};
}

// What a session is for.
enum class Errand {
  everything,
  // The answers were given before and lie in a file (sync/bundle): takes in what they bring and offers nothing.
  absorb
};

// How a turn of the session ended. What comes then, no turn knows.
enum class Ending {
  compared,      // our chain is settled with the county's, perhaps under another epoch
  county_met,    // the county is another than the one we knew: restored, or a later incarnation
  contradicted,  // the county contradicts its own signature or what we saw; Pulling keeps how
  distrusted,    // and stands by it
  relayed,
  pulled,
  photos_sent,
  photos_fetched
};

// What a turn wants: its next step, or nothing more.
using Turn = std::variant<Step, Ending>;

}  // namespace kuangxun::engine
