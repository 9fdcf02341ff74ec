#pragma once

#include <memory>
#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun::client {

// Carries one message to the county and its answer back.
class Link {
 public:
  virtual ~Link() = default;
  // `refused` when the county's machine said no (too large, no such place); `unavailable` when the connection could not
  // be made; `busy` when it broke on the way, so that it is not known whether the message arrived.
  virtual Result<Bytes> exchange(ByteView message) = 0;
};

// HTTP by libcurl, which is included in this folder only. Version 0 is not encrypted and therefore goes to this machine
// only: any other address than http://127.0.0.1:PORT, http://localhost:PORT or http://[::1]:PORT is bad_input.
Result<std::unique_ptr<Link>> open_link(const std::string& url);
// The address as it is kept, or why it is none.
Result<std::string> checked_url(const std::string& url);

}  // namespace kuangxun::client
