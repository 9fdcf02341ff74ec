#include "sync/requests/exchange.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/ledger/attachments.h"
#include "sync/requests/partial_put.h"

namespace kuangxun::requests {
namespace {

using wire::AnswerCode;
using wire::MessageType;

int http_status_of(AnswerCode code) {
  switch (code) {
    case AnswerCode::malformed:
      return 400;
    case AnswerCode::too_fast:
      return 429;
    case AnswerCode::unavailable:
      return 503;
    case AnswerCode::no_space:
      return 507;
    default:
      return 200;
  }
}

constexpr int unavailable_retry_after_s = 5;

}  // namespace

Reply Exchange::answer(Bytes bytes, const Peer& peer) {
  wire::AnswerHeader header;
  header.request = sha256(bytes);
  const auto request = wire::parse_request(std::move(bytes));
  Outcome outcome;
  if (!request.ok()) {
    const bool is_newer = request.error().code() == ErrorCode::newer_version;
    outcome.code = is_newer ? AnswerCode::unsupported_version : AnswerCode::malformed;
  } else {
    auto handled = handle(*request, peer);
    if (handled.ok()) {
      outcome = std::move(handled).value();
    } else {
      parts_.log(handled.error().message());
      outcome.code = AnswerCode::unavailable;
      outcome.retry_after_s = unavailable_retry_after_s;
    }
  }
  const MessageType type = request.ok() ? request->type : MessageType::status;
  header.code = outcome.code;
  header.county_time_ms = county_.clock().now_ms();
  header.county_epoch = county_.state().epoch;
  Reply reply{{}, outcome.code, http_status_of(outcome.code), outcome.retry_after_s};
  reply.body = outcome.code == AnswerCode::done ? wire::seal_answer(type, header, outcome.body, county_.key())
                                                : wire::seal_refusal(type, header, county_.key());
  return reply;
}

// A laptop whose certificate is not (or no longer) believed may ask for another one; one that the county knows no more,
// after a restore, may bring the county's own frames back; a revoked one may leave what it has.
AnswerCode Exchange::may_ask(const Asker& asker, const wire::Request& request, const Peer& peer) const {
  const bool is_certified = peer.carrier == Peer::Carrier::bundle || (peer.has_certificate && !peer.is_expired);
  if (peer.has_certificate && peer.device != asker.writer.device) return AnswerCode::not_allowed;
  if (asker.device == nullptr) {
    const bool is_known_by_certificate = peer.carrier == Peer::Carrier::tls && is_certified;
    switch (request.type) {
      case MessageType::status:
      case MessageType::claim:
      case MessageType::chains:
      case MessageType::push:
      case MessageType::keys:
        return is_known_by_certificate ? AnswerCode::done : AnswerCode::unknown_device;
      default:
        return AnswerCode::unknown_device;
    }
  }
  if (!wire::is_signed_by(request, asker.device->key)) return AnswerCode::bad_signature;
  if (asker.device->is_revoked() && request.type != MessageType::push) return AnswerCode::not_allowed;
  if (!is_certified && request.type != MessageType::renew_certificate) return AnswerCode::certificate_expired;
  return AnswerCode::done;
}

Result<Outcome> Exchange::handle(const wire::Request& request, const Peer& peer) {
  KX_CHECK(county_.refresh());
  if (request.type == MessageType::enrol) return enrol(parts_, request);
  if (request.header.county != county_.state().county) return Outcome{AnswerCode::wrong_county, {}, 0};
  const Asker asker{request.header.writer, county_.registry().find_device(request.header.writer)};
  if (const AnswerCode code = may_ask(asker, request, peer); code != AnswerCode::done) return Outcome{code, {}, 0};
  // A person puts a bundle's requests, one bundle at a time; nobody is there who could wait and ask again.
  if (peer.carrier == Peer::Carrier::tls) {
    KX_TRY(wait_s, throttle_.take(asker.writer.device));
    if (wait_s > 0) return Outcome{AnswerCode::too_fast, {}, wait_s};
  }
  const auto body = wire::decode_request_body(request.type, request.body());
  if (!body.ok()) return Outcome{AnswerCode::malformed, {}, 0};
  // The registry that `asker` points into may be read anew while the request is worked on.
  std::optional<rights::Device> device;
  if (asker.device != nullptr) device = *asker.device;
  return answer_to(parts_, {asker.writer, device.has_value() ? &*device : nullptr}, *body);
}

void Exchange::keep_partial(ByteView beginning, const Peer& peer) {
  const auto partial = parse_partial_put(beginning);
  if (!partial.has_value() || peer.carrier != Peer::Carrier::tls || !peer.has_certificate || peer.is_expired) return;
  if (partial->header.writer.device != peer.device || !county_.refresh().ok()) return;
  const rights::Device* device = county_.registry().find_device(partial->header.writer);
  if (partial->header.county != county_.state().county || device == nullptr || device->is_revoked()) return;
  if (is_full(parts_, partial->request.bytes.size())) return;
  if (const auto kept = ledger::keep_chunk(parts_.county.store(), partial->request); !kept.ok()) {
    parts_.log(kept.error().message());
  }
}

}  // namespace kuangxun::requests
