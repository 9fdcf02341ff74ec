#include "sync/server/exchange.h"

#include <algorithm>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "sync/server/attachments.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::server {

Bytes Exchange::answer(Bytes bytes) {
  wire::AnswerHeader header;
  header.request = sha256(bytes);
  header.county_time_ms = authority_.clock.now_ms();
  const auto request = wire::parse_request(std::move(bytes));
  if (!request.ok()) {
    header.code = request.error().code() == ErrorCode::newer_version ? wire::AnswerCode::unsupported_version
                                                                     : wire::AnswerCode::malformed;
    return wire::seal_refusal(wire::MessageType::status, header, authority_.key);
  }
  const auto outcome = handle(*request);
  if (!outcome.ok()) {
    log_(outcome.error().message());
    header.code = wire::AnswerCode::unavailable;
  } else {
    header.code = outcome->code;
  }
  if (header.code != wire::AnswerCode::done) return wire::seal_refusal(request->type, header, authority_.key);
  return wire::seal_answer(request->type, header, outcome->body, authority_.key);
}

Result<Exchange::Outcome> Exchange::handle(const wire::Request& request) {
  if (request.type == wire::MessageType::enrol) return enrol(request);
  if (request.header.county != authority_.identity.county) return Outcome{wire::AnswerCode::wrong_county, {}};
  KX_TRY(device, store_.find_device(request.header.writer));
  if (!device.has_value()) return Outcome{wire::AnswerCode::unknown_device, {}};
  if (!wire::is_signed_by(request, device->key)) return Outcome{wire::AnswerCode::bad_signature, {}};
  if (device->is_revoked) return Outcome{wire::AnswerCode::not_allowed, {}};
  const auto body = wire::decode_request_body(request.type, request.body());
  if (!body.ok()) return Outcome{wire::AnswerCode::malformed, {}};
  return handle_body(*device, *body);
}

Result<Exchange::Outcome> Exchange::handle_body(const Device& device, const wire::RequestBody& body) {
  Result<wire::AnswerBody> answer = Error(ErrorCode::bad_input, {});
  if (std::holds_alternative<wire::StatusRequest>(body)) {
    answer = status(device);
  } else if (const auto* pushed = std::get_if<wire::PushRequest>(&body)) {
    auto taken = push(store_, authority_, device, pushed->frames);
    if (!taken.ok()) return taken.error();
    if (taken->refusal != wire::PushRefusal::none) {
      log_(say_with(
          "设备“{0}”的一帧未被接受（原因 {1}，序号 {2}）",
          "a frame of device \"{0}\" was not taken (reason {1}, sequence {2})",
          {device.name, std::to_string(static_cast<int>(taken->refusal)), std::to_string(taken->refused_sequence)}));
    }
    answer = wire::AnswerBody(std::move(taken).value());
  } else if (const auto* pulled = std::get_if<wire::PullRequest>(&body)) {
    answer = pull(device, *pulled);
  } else if (const auto* asked = std::get_if<wire::AttachmentHaveRequest>(&body)) {
    answer = have(*asked);
  } else if (const auto* given = std::get_if<wire::AttachmentPutRequest>(&body)) {
    answer = put(*given);
  } else if (const auto* wanted = std::get_if<wire::AttachmentGetRequest>(&body)) {
    answer = get(*wanted);
  }
  if (!answer.ok()) return answer.error();
  return Outcome{wire::AnswerCode::done, std::move(answer).value()};
}

Result<Exchange::Outcome> Exchange::enrol(const wire::Request& request) {
  const auto body = wire::decode_request_body(request.type, request.body());
  if (!body.ok()) return Outcome{wire::AnswerCode::malformed, {}};
  const auto& wanted = std::get<wire::EnrolRequest>(*body);
  const history::WriterId& writer = request.header.writer;
  if (!wire::is_signed_by(request, wanted.key)) return Outcome{wire::AnswerCode::bad_signature, {}};

  KX_TRY(transaction, Transaction::begin(store_));
  KX_TRY(tickets, store_.tickets());
  const auto ticket = std::ranges::find_if(tickets, [&](const EnrolmentTicket& candidate) {
    return wire::enrolment_proof(candidate.secret_hash, writer, wanted.key) == wanted.proof;
  });
  const std::int64_t now_ms = authority_.clock.now_ms();
  if (ticket == tickets.end()) return Outcome{wire::AnswerCode::code_refused, {}};
  KX_TRY(known, store_.find_device(writer));
  if (known.has_value() && known->key != wanted.key) return Outcome{wire::AnswerCode::device_conflict, {}};
  const wire::EnrolAnswer welcome{authority_.identity.county, authority_.identity.key, ticket->name, ticket->role};
  // The same laptop asks again: its answer was lost on the way.
  if (ticket->used_by == writer && known.has_value()) return Outcome{wire::AnswerCode::done, welcome};
  if (ticket->used_by.has_value() || ticket->expires_at_ms < now_ms) {
    return Outcome{wire::AnswerCode::code_refused, {}};
  }
  KX_CHECK(store_.use_ticket(ticket->secret_hash, writer));
  if (!known.has_value()) {
    KX_CHECK(store_.add_device({writer, wanted.key, ticket->name, ticket->role, false, now_ms}));
  }
  KX_CHECK(transaction.commit());
  log_(say_with("设备“{0}”已注册（{1}）", "device \"{0}\" is enrolled ({1})", {ticket->name, writer.device.text()}));
  return Outcome{wire::AnswerCode::done, welcome};
}

Result<wire::AnswerBody> Exchange::status(const Device& device) {
  KX_TRY(chain, store_.chain(device.writer));
  KX_TRY(latest, store_.latest_sequence());
  return wire::AnswerBody(wire::StatusAnswer{chain, latest});
}

Result<wire::AnswerBody> Exchange::pull(const Device& device, const wire::PullRequest& request) {
  const std::size_t bytes_max = std::min<std::size_t>(request.bytes_max, limits::http_body_bytes_max / 4);
  // Read before the frames: what is committed in between comes with the next pull.
  KX_TRY(latest, store_.latest_sequence());
  KX_TRY(page, store_.frames_after(request.after, request.wants_own ? history::WriterId{} : device.writer, bytes_max,
                                   limits::pull_frames_max));
  wire::PullAnswer answer;
  answer.has_more = page.has_more && !page.frames.empty();
  std::erase_if(page.frames, [&](const frames::SequencedFrame& frame) { return frame.county_sequence > latest; });
  if (page.frames.empty()) answer.has_more = false;
  answer.cursor = answer.has_more ? page.frames.back().county_sequence : std::max(latest, request.after);
  KX_TRY(writers, writers_of(page.frames));
  answer.writers = std::move(writers);
  answer.frames = std::move(page.frames);
  return wire::AnswerBody(std::move(answer));
}

Result<std::vector<wire::WriterNote>> Exchange::writers_of(const std::vector<frames::SequencedFrame>& given) {
  std::set<history::WriterId> writers;
  for (const frames::SequencedFrame& sequenced : given) {
    KX_TRY(frame, frames::parse_frame(sequenced.bytes));
    writers.insert(frame.header.writer);
  }
  std::vector<wire::WriterNote> notes;
  for (const history::WriterId& writer : writers) {
    KX_TRY(device, store_.find_device(writer));
    if (device.has_value()) notes.push_back({writer, device->key, device->name});
  }
  return notes;
}

Result<wire::AnswerBody> Exchange::have(const wire::AttachmentHaveRequest& request) {
  wire::AttachmentHaveAnswer answer;
  for (const wire::AttachmentName& name : request.names) {
    KX_TRY(map, store_.chunk_map(name));
    answer.maps.push_back(std::move(map));
  }
  return wire::AnswerBody(std::move(answer));
}

Result<wire::AnswerBody> Exchange::put(const wire::AttachmentPutRequest& request) {
  KX_TRY(outcome, keep_chunk(store_, request));
  return wire::AnswerBody(wire::AttachmentPutAnswer{outcome});
}

Result<wire::AnswerBody> Exchange::get(const wire::AttachmentGetRequest& request) {
  wire::AttachmentGetAnswer answer;
  KX_TRY(size_bytes, store_.whole_size_bytes(request.hash));
  answer.is_known = size_bytes.has_value();
  answer.size_bytes = size_bytes.value_or(0);
  if (answer.is_known) {
    KX_TRY(bytes, store_.chunk(request.hash, request.index));
    answer.bytes = std::move(bytes);
  }
  return wire::AnswerBody(std::move(answer));
}

}  // namespace kuangxun::server
