#pragma once

#include <string>
#include <string_view>

#include "sync/client/link.h"

namespace kuangxun::client {

// What a person is told: what happened, where, what to do, and that nothing is lost. `detail` is the library's word.
Error to_error(const LinkFailure& failure, const std::string& url, std::string_view detail);

// What an HTTP status other than 200 means.
LinkFailure failure_of_status(long http_status, long retry_after_s);

// What the handshake showed, or nothing.
std::optional<LinkTrouble> trouble_of(certificates::ClientTls::Trouble trouble);

// Why connect(2) failed.
LinkTrouble trouble_of_errno(long system_error);

}  // namespace kuangxun::client
