#pragma once

#include "db/base/clock.h"
#include "sync/client/link.h"
#include "sync/wire/envelope.h"

namespace kuangxun::client {

// Who asks: this laptop's chain and key. The key is borrowed.
struct Caller {
  history::WriterId writer;
  const SigningKey& key;
  Clock& clock;
};

// Whom it asks.
struct County {
  Uuid id;
  PublicKey key;
};

// One signed request; its answer is the county's or an error. `busy` means that the link broke on the way.
Result<wire::AnswerBody> call(Link& link, const Caller& caller, const County& county, const wire::RequestBody& body);

// The answer of a county that is not known yet: believed when its key is the one that `fingerprint` names.
Result<wire::EnrolAnswer> call_to_enrol(Link& link, const Caller& caller, const wire::EnrolRequest& body,
                                        const std::string& fingerprint);

}  // namespace kuangxun::client
