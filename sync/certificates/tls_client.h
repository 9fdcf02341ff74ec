#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sync/certificates/certificate.h"

struct ssl_ctx_st;

namespace kuangxun::certificates {

// How a laptop speaks TLS 1.3 to its county, and what it saw when it did. One thread; outlives the contexts that it
// configured.
class ClientTls {
 public:
  // Whom the laptop believes: exactly one of these two.
  struct Trust {
    Uuid county;  // whose server it must be
    std::vector<Certificate> authorities;
  };
  struct Fingerprint {
    std::string authority;  // of an enrolment code: whatever county it is, its authority must have this fingerprint
  };
  struct Settings {
    std::optional<Trust> trust;
    std::optional<Fingerprint> fingerprint;
    // What the laptop shows; both or none. The key is borrowed while making only.
    std::optional<Certificate> certificate;
    const SigningKey* key = nullptr;
    // The newest hour of which the laptop is sure: the county's, never its own.
    std::int64_t known_ms = 0;
  };
  // corrupt when a certificate is none, or not of the key.
  static Result<std::unique_ptr<ClientTls>> make(const Settings& settings);
  ~ClientTls();

  // For each new connection.
  Status configure(ssl_ctx_st& context);

  enum class Trouble {
    none,
    stranger,        // the server's certificate leads to nobody who is believed, or is another county's
    expired,         // it is the county's, but had ended by known_ms
    not_let_in,      // the server does not take this laptop's certificate
    other_protocol,  // the server does not speak TLS 1.3
  };
  // Of the newest connection.
  struct Sight {
    Trouble trouble = Trouble::none;
    // Of a Fingerprint: who was found.
    std::optional<Certificate> authority;
    Uuid county;
  };
  const Sight& sight() const;
  void forget_sight();

 private:
  struct State;
  explicit ClientTls(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kuangxun::certificates
