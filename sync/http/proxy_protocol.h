#pragma once

#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"

// The PROXY protocol, version 2 (haproxy.org, "The PROXY protocol", section 2.2), as a proxy says it before anything
// else on a connection. Binary, big-endian: signature 12 bytes, version and command 1, family and transport 1, length
// of the rest 2; the rest begins with source address, destination address, source port, destination port.
namespace kuangxun::http {

constexpr std::size_t proxy_prefix_bytes = 16;

// How many bytes follow the first 16. bad_input when these are no such prefix, or the rest would be too long.
Result<std::size_t> proxy_rest_bytes(ByteView prefix);

// The address of the client: "10.0.0.3". Empty when the proxy speaks for itself (as it does when it asks whether we
// live) or does not know. bad_input when the rest does not hold what the prefix says.
Result<std::string> proxied_address(ByteView prefix, ByteView rest);

}  // namespace kuangxun::http
