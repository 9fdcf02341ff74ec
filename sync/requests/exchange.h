#pragma once

#include "sync/requests/answers.h"
#include "sync/requests/throttle.h"

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
  using Parts = requests::Parts;
  explicit Exchange(Parts parts) : parts_(std::move(parts)), county_(parts_.county), throttle_(county_) {}

  // Always an answer signed by the county: to nonsense too.
  Reply answer(Bytes request, const Peer& peer);
  // The link broke inside a request: what came of an attachment's chunk is kept, so that the next connection goes on
  // from there. Anything else is forgotten. The beginning is not signed yet, so nothing else is believed of it: the
  // certificate says who sent it, and the whole file's hash proves the bytes.
  void keep_partial(ByteView beginning, const Peer& peer);

 private:
  Result<Outcome> handle(const wire::Request& request, const Peer& peer);
  wire::AnswerCode may_ask(const Asker& asker, const wire::Request& request, const Peer& peer) const;

  Parts parts_;
  ledger::County& county_;
  Throttle throttle_;
};

}  // namespace kuangxun::requests
