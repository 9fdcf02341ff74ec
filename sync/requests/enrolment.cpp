#include "sync/requests/enrolment.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::requests {
namespace {

Bytes bytes_of(const PublicKey& key) {
  return Bytes(key.bytes.begin(), key.bytes.end());
}

Status check_name(const std::string& name) {
  if (!name.empty() && is_clean_utf8(name) && count_code_points(name) <= limits::enrolled_name_characters_max)
    return {};
  return Error(ErrorCode::bad_input,
               phrase("a name must have 1 to {0} characters", {std::to_string(limits::enrolled_name_characters_max)}));
}

}  // namespace

Status invite(ledger::County& county, ports::TicketKind kind, const Invitation& invitation, const Hash& secret_hash) {
  KX_TRY(transaction, ledger::CountyTransaction::begin(county, ports::Work::store));
  ports::EnrolmentTicket ticket;
  ticket.secret_hash = secret_hash;
  ticket.kind = kind;
  ticket.name = invitation.name;
  ticket.role = invitation.role;
  ticket.certificate_number = invitation.certificate_number;
  if (invitation.person.has_value()) {
    const rights::Person* person = county.registry().find_person(*invitation.person);
    if (person == nullptr) {
      return Error(ErrorCode::not_found, phrase("no person {0} is enrolled", {invitation.person->text()}));
    }
    ticket.person = person->id;
    ticket.name = person->name;
    ticket.role = person->role;
    ticket.certificate_number = person->certificate_number;
  } else if (kind == ports::TicketKind::person) {
    ticket.person = make_uuid(county.clock(), county.random());
  }
  KX_CHECK(check_name(ticket.name));
  ticket.created_at_ms = county.clock().now_ms();
  ticket.expires_at_ms = ticket.created_at_ms + limits::ticket_lifetime_ms;
  KX_CHECK(county.store().put_ticket(ticket));
  return transaction.commit();
}

Result<std::optional<ports::EnrolmentTicket>> find_ticket(ports::AdmissionStore& store, ports::TicketKind kind,
                                                          const Hash& proof, const history::WriterId& writer,
                                                          const PublicKey& key) {
  KX_TRY(tickets, store.tickets());
  for (ports::EnrolmentTicket& ticket : tickets) {
    if (ticket.kind == kind && wire::enrolment_proof(ticket.secret_hash, writer, key) == proof) {
      return std::optional<ports::EnrolmentTicket>(std::move(ticket));
    }
  }
  return std::optional<ports::EnrolmentTicket>();
}

bool is_good_for(const ports::EnrolmentTicket& ticket, const history::WriterId& writer, const PublicKey& key,
                 std::int64_t now_ms) {
  if (ticket.used_by.has_value()) return *ticket.used_by == writer && ticket.used_key == key;
  return now_ms <= ticket.expires_at_ms;
}

std::vector<ledger::CountyEdit> device_edits(const ledger::County& county, const NewDevice& device) {
  constexpr records::KindNumber kind = records::kinds::device;
  const Uuid record = rights::device_record_id(county.state().county, device.writer);
  return {{record,
           kind,
           1,
           {{1, device.writer.device}, {2, static_cast<std::int64_t>(device.writer.epoch)}, {3, bytes_of(device.key)}}},
          {record, kind, 4, {{4, device.name}}},
          {record, kind, 5, {{5, static_cast<std::int64_t>(device.role)}}},
          {record, kind, 6, {{6, county.clock().now_ms()}}}};
}

std::vector<ledger::CountyEdit> person_edits(const ledger::County& county, const ports::EnrolmentTicket& ticket,
                                             const history::WriterId& device, const PublicKey& key) {
  std::vector<ledger::CountyEdit> edits;
  if (county.registry().find_person(ticket.person) == nullptr) {
    constexpr records::KindNumber kind = records::kinds::person;
    edits.push_back({ticket.person, kind, 1, {{1, ticket.name}}});
    if (!ticket.certificate_number.empty()) {
      edits.push_back({ticket.person, kind, 2, {{2, ticket.certificate_number}}});
    }
    edits.push_back({ticket.person, kind, 3, {{3, static_cast<std::int64_t>(ticket.role)}}});
  }
  constexpr records::KindNumber kind = records::kinds::person_key;
  const Uuid record = rights::person_key_record_id(county.state().county, ticket.person, key);
  edits.push_back({record, kind, 1, {{1, ticket.person}, {2, bytes_of(key)}, {3, device.device}}});
  edits.push_back({record, kind, 4, {{4, county.clock().now_ms()}}});
  return edits;
}

}  // namespace kuangxun::requests
