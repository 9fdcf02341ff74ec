#pragma once

#include <functional>
#include <string>

#include "db/base/bytes.h"
#include "db/base/limits.h"
#include "sync/ledger/county.h"
#include "sync/ports/machine.h"
#include "sync/requests/throttle.h"
#include "sync/wire/envelope.h"

namespace kuangxun::requests {

// What is known of the sender beside the request itself.
struct Peer {
  enum class Carrier { tls, bundle };
  Carrier carrier = Carrier::tls;
  // Of a certificate that the county's authority signed; a bundle has none.
  bool has_certificate = false;
  bool is_expired = false;  // by the county's clock
  Uuid device;              // whom the certificate names
};

struct Reply {
  Bytes body;  // signed by the county
  wire::AnswerCode code = wire::AnswerCode::done;
  int http_status = 200;
  int retry_after_s = 0;  // 0: no Retry-After
};

// Requests in, answers out, whatever carries them. Checks who asks before it reads what is asked. One thread.
class Exchange {
 public:
  // One line for the county's log.
  using Log = std::function<void(const std::string&)>;
  struct Parts {
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
  explicit Exchange(Parts parts) : parts_(std::move(parts)), county_(parts_.county), throttle_(county_) {}

  // Always an answer signed by the county: to nonsense too.
  Reply answer(Bytes request, const Peer& peer);
  // The link broke inside a request: what came of an attachment's chunk is kept, so that the next connection goes on
  // from there. Anything else is forgotten. The beginning is not signed yet, so nothing else is believed of it: the
  // certificate says who sent it, and the whole file's hash proves the bytes.
  void keep_partial(ByteView beginning, const Peer& peer);

 private:
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

  Result<Outcome> handle(const wire::Request& request, const Peer& peer);
  Result<Outcome> handle_body(const Asker& asker, const wire::RequestBody& body);
  wire::AnswerCode may_ask(const Asker& asker, const wire::Request& request, const Peer& peer) const;
  bool is_full(std::size_t bytes) const;

  Result<Outcome> enrol(const wire::Request& request);
  Result<Outcome> respond(const Asker& asker, const wire::EnrolRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::StatusRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::PushRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::PullRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::AttachmentHaveRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::AttachmentPutRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::AttachmentGetRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::ChainsRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::ChainFramesRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::ClaimRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::NewEpochRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::KeysRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::RenewCertificateRequest& request);
  Result<Outcome> respond(const Asker& asker, const wire::EnrolPersonRequest& request);

  Parts parts_;
  ledger::County& county_;
  Throttle throttle_;
};

}  // namespace kuangxun::requests
