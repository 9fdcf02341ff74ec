#include "sync/engine/refusal.h"

#include "db/language/language.h"

// A "no" is told as what the person can do about it. That nothing is lost is said with each that might make them think
// so, because the next thing they would do is enter it again.
namespace kuangxun::engine {

Error refusal_error(wire::AnswerCode code) {
  switch (code) {
    case wire::AnswerCode::unsupported_version:
      return Error(
          ErrorCode::newer_version,
          phrase("the county's program is older than this one and does not understand it: have the county updated "
                 "(nothing is lost here; sync again after that)"));
    case wire::AnswerCode::wrong_county:
      return Error(ErrorCode::refused, phrase("this is another county database; this laptop is not enrolled here"));
    case wire::AnswerCode::unknown_device:
      return Error(ErrorCode::refused, phrase("the county does not know this laptop: enrol it with a new code"));
    case wire::AnswerCode::bad_signature:
    case wire::AnswerCode::device_conflict:
      return Error(ErrorCode::refused, phrase("the county has another key for this laptop; the data folder may have "
                                              "been copied, tell the administrator"));
    case wire::AnswerCode::code_refused:
      return Error(ErrorCode::refused, phrase("the enrolment code is unknown, used or expired: ask for a new one"));
    case wire::AnswerCode::not_allowed:
      return Error(ErrorCode::refused, phrase("this laptop was revoked at the county: tell the administrator"));
    case wire::AnswerCode::unavailable:
      return Error(ErrorCode::unavailable, phrase("the county cannot store at the moment: sync again later, nothing on "
                                                  "this laptop is lost"));
    case wire::AnswerCode::certificate_expired:
      return Error(ErrorCode::refused,
                   phrase("this laptop's certificate has expired and is being renewed: sync again"));
    case wire::AnswerCode::too_fast:
      return Error(ErrorCode::unavailable,
                   phrase("the county is busy: sync again later, nothing on this laptop is lost"));
    case wire::AnswerCode::no_space:
      return Error(ErrorCode::unavailable,
                   phrase("the county's disk is nearly full and takes nothing: tell the administrator, everything is "
                          "still on this laptop"));
    case wire::AnswerCode::other_incarnation:
      return Error(ErrorCode::unavailable, phrase("the county was just restored from a backup: sync again"));
    case wire::AnswerCode::done:
    case wire::AnswerCode::malformed:
      break;
  }
  return Error(ErrorCode::refused, phrase("the county did not understand the request: check both versions"));
}

Error push_error(wire::PushRefusal refusal, std::uint64_t sequence) {
  const auto told = [&](MessageId message) {
    return Error(ErrorCode::refused, phrase(message, {std::to_string(sequence)}));
  };
  switch (refusal) {
    case wire::PushRefusal::wrong_writer:
      return told(
          "the county knows nobody who wrote the data from operation {0} on, and did not take them; nothing on "
          "this laptop is lost, tell the administrator");
    case wire::PushRefusal::damaged:
      return told(
          "the county finds hash or signature of the data from operation {0} on wrong, and did not take them; "
          "run verify, and tell the administrator");
    case wire::PushRefusal::gap:
      return told(
          "the county lacks what comes before operation {0} and cannot take what follows yet; nothing on this "
          "laptop is lost, sync again");
    case wire::PushRefusal::fork:
      return told(
          "the county has other data of this device at operation {0} (the data folder was copied or restored); "
          "both are kept as evidence, tell the administrator");
    case wire::PushRefusal::newer_version:
      return Error(ErrorCode::newer_version,
                   phrase("the county's program is older than the one that wrote these data: have it updated "
                          "(nothing is lost here; sync again after that)"));
    case wire::PushRefusal::none:
    case wire::PushRefusal::malformed:
      break;
  }
  return Error(ErrorCode::refused,
               phrase("the county could not read what this laptop sent (incomplete or too large) and did not take "
                      "it; nothing on this laptop is lost, tell the administrator"));
}

}  // namespace kuangxun::engine
