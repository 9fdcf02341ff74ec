#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/sync/certificates/example_authority.h"

namespace kuangxun::tests {

// A TLS connection to this machine that says inside what no sound client says. Believes any server.
class RawTls {
 public:
  // `device` may be null: shows no certificate. `before` is said before TLS begins.
  explicit RawTls(std::uint16_t port, const HeldCertificate* device = nullptr, std::string_view before = {});
  ~RawTls();
  RawTls(const RawTls&) = delete;
  RawTls& operator=(const RawTls&) = delete;

  bool is_open() const { return is_open_; }
  bool say(std::string_view text);
  // Everything until the peer ends or 15 seconds pass.
  std::string hear();
  std::string hear_line();
  // Ends the connection by a reset, in the middle of whatever it is.
  void cut();

 private:
  struct State;
  std::unique_ptr<State> state_;
  bool is_open_ = false;
};

// "POST /kuangxun/1 ..." with this body.
std::string post(std::string_view body);

}  // namespace kuangxun::tests
