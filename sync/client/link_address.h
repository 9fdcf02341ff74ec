#pragma once

#include <cstdint>
#include <string>

#include "db/base/result.h"

namespace kuangxun::client {

// Where the county is.
struct LinkAddress {
  std::string host;  // "10.0.0.3", "[::1]", "county.example"
  std::uint16_t port = 0;
  std::string text() const;  // as it is kept: "https://10.0.0.3:8470"
};

// https://HOST:PORT; a slash at the end is dropped. bad_input for anything else.
Result<LinkAddress> parse_link_address(const std::string& url);

}  // namespace kuangxun::client
