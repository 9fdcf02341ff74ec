#pragma once

#include "sync/wire/messages.h"

// A message as it travels: a fixed header, the body, a signature over both. A request is signed by the device's key, an
// answer by the county's, which names the request it answers. TLS stands around both; in a bundle they lie sealed.
namespace kuangxun::wire {

struct RequestHeader {
  Uuid county;  // whose database it is for; nil in an enrolment, which learns it
  history::WriterId writer;
  std::int64_t sent_at_ms = 0;  // the laptop's clock; nothing depends on it
  static constexpr auto fields() {
    return std::tuple(field(&RequestHeader::county), field(&RequestHeader::writer), field(&RequestHeader::sent_at_ms));
  }
};

// A request that was taken apart, not yet believed: lengths are right, nothing else was checked.
struct Request {
  MessageType type = MessageType::status;
  RequestHeader header;
  Signature signature;
  Bytes bytes;  // the whole of it
  ByteView body() const;
  ByteView signed_part() const;
};

Bytes seal_request(const RequestHeader& header, const RequestBody& body, const SigningKey& device_key);
// bad_input when it is no request; newer_version when its version is not ours.
Result<Request> parse_request(Bytes bytes);
bool is_signed_by(const Request& request, const PublicKey& key);

struct AnswerHeader {
  AnswerCode code = AnswerCode::done;
  Hash request;  // SHA-256 of the request's bytes
  std::int64_t county_time_ms = 0;
  std::uint32_t county_epoch = 0;  // says which of the county's keys signed
};
struct Answer {
  MessageType type = MessageType::status;
  AnswerHeader header;
  Signature signature;
  Bytes bytes;
  ByteView body() const;
  ByteView signed_part() const;
};

// An answer whose code is not `done` has no body.
Bytes seal_answer(MessageType type, const AnswerHeader& header, const AnswerBody& body, const SigningKey& county_key);
Bytes seal_refusal(MessageType type, const AnswerHeader& header, const SigningKey& county_key);
Result<Answer> parse_answer(Bytes bytes);
bool is_signed_by(const Answer& answer, const PublicKey& key);

}  // namespace kuangxun::wire
