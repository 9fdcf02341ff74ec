// Who may ask, from the first time on: devices, their epochs and certificates, persons; and attachments.
#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/ledger/attachments.h"
#include "sync/requests/enrolment.h"
#include "sync/requests/exchange.h"
#include "sync/rights/roles.h"

namespace kuangxun::requests {
namespace {

using wire::AnswerCode;

}  // namespace

Result<Exchange::Outcome> Exchange::enrol(const wire::Request& request) {
  const auto body = wire::decode_request_body(request.type, request.body());
  if (!body.ok()) return Outcome{AnswerCode::malformed, {}, 0};
  const auto& wanted = std::get<wire::EnrolRequest>(*body);
  const history::WriterId& writer = request.header.writer;
  if (!wire::is_signed_by(request, wanted.key)) return Outcome{AnswerCode::bad_signature, {}, 0};
  if (county_.is_county(writer) || writer.epoch == 0) return Outcome{AnswerCode::device_conflict, {}, 0};
  // Looked up before anything waits for the lock: strangers with invented codes cost a read.
  KX_TRY(known_ticket, find_ticket(county_.store(), ports::TicketKind::device, wanted.proof, writer, wanted.key));
  if (!known_ticket.has_value()) return Outcome{AnswerCode::code_refused, {}, 0};

  const std::int64_t now_ms = county_.clock().now_ms();
  ports::EnrolmentTicket ticket;
  bool is_new = false;
  {
    KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
    KX_CHECK(transaction.also_store());
    KX_TRY(found, find_ticket(county_.store(), ports::TicketKind::device, wanted.proof, writer, wanted.key));
    if (!found.has_value()) return Outcome{AnswerCode::code_refused, {}, 0};
    ticket = *found;
    const rights::Device* known = county_.registry().find_device(writer);
    if (known != nullptr && known->key != wanted.key) return Outcome{AnswerCode::device_conflict, {}, 0};
    if (known != nullptr && known->is_revoked()) return Outcome{AnswerCode::not_allowed, {}, 0};
    if (!is_good_for(ticket, writer, wanted.key, now_ms)) return Outcome{AnswerCode::code_refused, {}, 0};
    ticket.used_by = writer;
    ticket.used_key = wanted.key;
    KX_CHECK(county_.store().put_ticket(ticket));
    is_new = known == nullptr;
    if (is_new) {
      const auto edits = device_edits(county_, {writer, wanted.key, ticket.name, ticket.role});
      KX_CHECK(write_as_county(county_, transaction, edits));
    }
    KX_CHECK(transaction.commit());
  }
  const std::string role = rights::role_code(ticket.role);
  KX_TRY(certificate, parts_.authority.issue(writer, role, wanted.tls_key, now_ms));
  KX_TRY(trusted, parts_.authority.trusted());
  if (is_new) {
    parts_.log(say_with("device \"{0}\" is enrolled ({1}, {2})", {ticket.name, writer.device.text(), role}));
  }
  return Outcome{AnswerCode::done,
                 wire::EnrolAnswer{county_.state().county, county_.statements(), ticket.name, role,
                                   std::move(certificate), std::move(trusted)},
                 0};
}

// An enrolment is answered before anybody is asked for who they are.
Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::EnrolRequest&) {
  return Outcome{AnswerCode::malformed, {}, 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::NewEpochRequest& request) {
  const history::WriterId next{asker.writer.device, request.epoch};
  // A later key proves itself. An earlier one may be lost: the laptop's present one vouches for it.
  const bool is_earlier = request.epoch < asker.writer.epoch;
  if (!verify_signature(is_earlier ? asker.device->key : request.key,
                        frames::new_epoch_statement(asker.writer, request.epoch, request.key), request.proof)) {
    return Outcome{AnswerCode::bad_signature, {}, 0};
  }
  KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  if (const rights::Device* known = county_.registry().find_device(next)) {
    const bool is_same = known->key == request.key;
    return Outcome{is_same ? AnswerCode::done : AnswerCode::device_conflict, wire::NewEpochAnswer{}, 0};
  }
  if (request.epoch == 0 || request.epoch == asker.writer.epoch) return Outcome{AnswerCode::device_conflict, {}, 0};
  const auto edits = device_edits(county_, {next, request.key, asker.device->name, asker.device->role});
  KX_CHECK(write_as_county(county_, transaction, edits));
  KX_CHECK(transaction.commit());
  const std::string epoch = std::to_string(request.epoch);
  parts_.log(is_earlier ? say_with("device \"{0}\" told its key of epoch {1}, which the restored database did not know",
                                   {asker.device->name, epoch})
                        : say_with("device \"{0}\" goes on in epoch {1} (its data were copied, or its key was lost)",
                                   {asker.device->name, epoch}));
  return Outcome{AnswerCode::done, wire::NewEpochAnswer{}, 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::KeysRequest&) {
  KX_TRY(trusted, parts_.authority.trusted());
  return Outcome{AnswerCode::done, wire::KeysAnswer{county_.statements(), std::move(trusted)}, 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::RenewCertificateRequest& request) {
  KX_TRY(certificate, parts_.authority.issue(asker.writer, rights::role_code(asker.device->role), request.tls_key,
                                             county_.clock().now_ms()));
  parts_.log(say_with("device \"{0}\" renewed its certificate", {asker.device->name}));
  return Outcome{AnswerCode::done, wire::RenewCertificateAnswer{std::move(certificate)}, 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::EnrolPersonRequest& request) {
  if (!verify_signature(request.key, ByteView(request.proof.bytes), request.signature)) {
    return Outcome{AnswerCode::bad_signature, {}, 0};
  }
  KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  KX_TRY(ticket, find_ticket(county_.store(), ports::TicketKind::person, request.proof, asker.writer, request.key));
  if (!ticket.has_value() || !is_good_for(*ticket, asker.writer, request.key, county_.clock().now_ms())) {
    return Outcome{AnswerCode::code_refused, {}, 0};
  }
  if (!ticket->used_by.has_value()) {
    ticket->used_by = asker.writer;
    ticket->used_key = request.key;
    KX_CHECK(county_.store().put_ticket(*ticket));
    KX_CHECK(write_as_county(county_, transaction, person_edits(county_, *ticket, asker.writer, request.key)));
    KX_CHECK(transaction.commit());
    parts_.log(say_with("person \"{0}\" enrolled a key on device \"{1}\"", {ticket->name, asker.name()}));
  }
  return Outcome{AnswerCode::done,
                 wire::EnrolPersonAnswer{ticket->person, ticket->name, ticket->certificate_number,
                                         rights::role_code(ticket->role)},
                 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::AttachmentHaveRequest& request) {
  wire::AttachmentHaveAnswer answer;
  for (const wire::AttachmentName& name : request.names) {
    KX_TRY(map, county_.store().chunk_map(name));
    answer.maps.push_back(std::move(map));
  }
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::AttachmentPutRequest& request) {
  if (is_full(request.bytes.size())) return Outcome{AnswerCode::no_space, {}, limits::no_space_retry_after_s};
  KX_TRY(answer, ledger::keep_chunk(county_.store(), request));
  return Outcome{AnswerCode::done, answer, 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::AttachmentGetRequest& request) {
  KX_TRY(answer, ledger::read_chunk(county_.store(), request));
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

}  // namespace kuangxun::requests
