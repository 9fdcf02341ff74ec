#pragma once

#include <functional>
#include <string>

#include "db/base/limits.h"
#include "sync/ledger/county.h"
#include "sync/ports/machine.h"
#include "sync/wire/envelope.h"

namespace kuangxun::requests {

// What answering needs; all borrowed.
struct Parts {
  // One line for the county's log.
  using Log = std::function<void(const std::string&)>;
  ledger::County& county;
  ports::CertificateAuthority& authority;
  ports::DiskGauge& disk;
  Log log;
  // A push is applied before it is answered while no more frames than this wait; 0 leaves all of it to who calls
  // apply_stored().
  std::uint32_t inline_frames_max = limits::inline_apply_frames_max;
  // Others wait for an answer: applying is left to who calls apply_stored(). Nothing: nobody else ever waits.
  std::function<bool()> is_busy = {};
};

// A body, or why not.
struct Outcome {
  wire::AnswerCode code = wire::AnswerCode::done;
  wire::AnswerBody body;
  int retry_after_s = 0;
};

// Who asks, and how far it is believed.
struct Asker {
  history::WriterId writer;
  const rights::Device* device = nullptr;  // null: certified once, but the county does not know it (any more)
  std::string name() const;
};

// Of somebody who may ask this. An error is the county's own trouble.
Result<Outcome> answer_to(const Parts& parts, const Asker& asker, const wire::RequestBody& body);
// An enrolment is answered before anybody is asked for who they are.
Result<Outcome> enrol(const Parts& parts, const wire::Request& request);
// Whether the disk would be filled beyond its reserve by that much more.
bool is_full(const Parts& parts, std::size_t bytes);

}  // namespace kuangxun::requests
