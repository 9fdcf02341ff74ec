#pragma once

#include "app/county/command.h"
#include "sync/requests/enrolment.h"

namespace kuangxun::county {

// officer, reviewer, administrator; usage for another word.
Result<records::Role> role_of(const std::string& code);
// Prints the code with which somebody comes in, alone on standard output, so that it can be piped to a printer.
Status print_code(Context& context, Office& office, ports::TicketKind kind, const requests::Invitation& invitation);

}  // namespace kuangxun::county
