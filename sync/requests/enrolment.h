#pragma once

#include <optional>
#include <string>

#include "sync/ledger/county_writer.h"

// Tickets, and what the county writes about devices and persons.
namespace kuangxun::requests {

struct Invitation {
  std::string name;
  records::Role role = records::Role::officer;
  std::string certificate_number;  // of a person
  std::optional<Uuid> person;      // who is enrolled already and makes a key on another laptop
};
// Keeps a ticket that is good for one enrolment within limits::ticket_lifetime_ms; `secret_hash` is
// wire::enrolment_secret_hash() of the code. not_found for an unknown person, bad_input for a name that is none. Its
// own transaction.
Status invite(ledger::County& county, ports::TicketKind kind, const Invitation& invitation, const Hash& secret_hash);

// The ticket that a proof was made with, if there is one.
Result<std::optional<ports::EnrolmentTicket>> find_ticket(ports::AdmissionStore& store, ports::TicketKind kind,
                                                          const Hash& proof, const history::WriterId& writer,
                                                          const PublicKey& key);
// Whether it can still be used, or was used by this very one: its answer was lost on the way.
bool is_good_for(const ports::EnrolmentTicket& ticket, const history::WriterId& writer, const PublicKey& key,
                 std::int64_t now_ms);

struct NewDevice {
  history::WriterId writer;
  PublicKey key;
  std::string name;
  records::Role role = records::Role::officer;
};
std::vector<ledger::CountyEdit> device_edits(const ledger::County& county, const NewDevice& device);
// The person is written only when the county does not know them.
std::vector<ledger::CountyEdit> person_edits(const ledger::County& county, const ports::EnrolmentTicket& ticket,
                                             const history::WriterId& device, const PublicKey& key);

}  // namespace kuangxun::requests
