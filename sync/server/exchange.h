#pragma once

#include <functional>
#include <string>

#include "db/base/bytes.h"
#include "db/base/clock.h"
#include "sync/server/county_store.h"
#include "sync/server/ingest.h"
#include "sync/wire/envelope.h"

namespace kuangxun::server {

// Requests in, answers out, whatever carries them. Checks who asks before it reads what is asked. One thread.
class Exchange {
 public:
  // One line for the county's log.
  using Log = std::function<void(const std::string&)>;
  Exchange(CountyStore& store, const CountyAuthority& authority, Log log)
      : store_(store), authority_(authority), log_(std::move(log)) {}

  // Always an answer signed by the county: to nonsense too.
  Bytes answer(Bytes request);

 private:
  // A body, or why not.
  struct Outcome {
    wire::AnswerCode code = wire::AnswerCode::done;
    wire::AnswerBody body;
  };
  Result<Outcome> handle(const wire::Request& request);
  Result<Outcome> enrol(const wire::Request& request);
  Result<Outcome> handle_body(const Device& device, const wire::RequestBody& body);
  Result<wire::AnswerBody> status(const Device& device);
  Result<wire::AnswerBody> pull(const Device& device, const wire::PullRequest& request);
  // The enrolled devices among the writers of these frames.
  Result<std::vector<wire::WriterNote>> writers_of(const std::vector<frames::SequencedFrame>& given);
  Result<wire::AnswerBody> have(const wire::AttachmentHaveRequest& request);
  Result<wire::AnswerBody> put(const wire::AttachmentPutRequest& request);
  Result<wire::AnswerBody> get(const wire::AttachmentGetRequest& request);

  CountyStore& store_;
  const CountyAuthority& authority_;
  Log log_;
};

}  // namespace kuangxun::server
