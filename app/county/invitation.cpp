#include "app/county/invitation.h"

#include "db/language/language.h"
#include "sync/rights/roles.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::county {

Result<records::Role> role_of(const std::string& code) {
  for (const records::Role role : {records::Role::officer, records::Role::reviewer, records::Role::administrator}) {
    if (rights::role_code(role) == code) return role;
  }
  return Error(ErrorCode::usage, phrase("--role must be officer, reviewer or administrator"));
}

Status print_code(Context& context, Office& office, ports::TicketKind kind, const requests::Invitation& invitation) {
  const wire::EnrolmentCode code = wire::make_enrolment_code(office.authority().public_key(), context.random);
  KX_CHECK(requests::invite(office.county(), kind, invitation, wire::enrolment_secret_hash(code.secret)));
  context.out << code.text() << '\n';
  return {};
}

}  // namespace kuangxun::county
