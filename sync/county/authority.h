#pragma once

#include <memory>
#include <vector>

#include "db/base/clock.h"
#include "sync/certificates/tls_server.h"
#include "sync/county/key_folder.h"
#include "sync/wire/county_keys.h"

namespace kuangxun::county {

// The county's certificate authority on this machine: signs laptops' certificates, and the one that this server shows.
// One thread.
class Authority final : public ports::CertificateAuthority {
 public:
  // The authority that a key statement names, and those of the statements before it.
  static Result<std::unique_ptr<Authority>> open(KeyFolder& folder, const std::vector<wire::KeyStatement>& statements,
                                                 Random& random);

  Result<Bytes> issue(const history::WriterId& device, const std::string& role, const PublicKey& tls_key,
                      std::int64_t now_ms) override;
  Result<std::vector<Bytes>> trusted() override;

  // What the server shows; its certificate is renewed when a third of its life is left or its authority was replaced.
  struct Server {
    std::vector<certificates::Certificate> chain;
    SigningKey key;
    std::vector<certificates::Certificate> device_authorities;
    Hash ticket_secret;
    std::int64_t not_after_ms = 0;
    certificates::ServerTls tls() const { return {chain, key, device_authorities, ticket_secret}; }
  };
  Result<Server> server(std::int64_t now_ms);

  const PublicKey& public_key() const { return key_.public_key(); }

 private:
  Authority(KeyFolder& folder, Random& random, const Uuid& county, std::vector<certificates::Certificate> authorities,
            SigningKey key)
      : folder_(folder), random_(random), county_(county), authorities_(std::move(authorities)), key_(std::move(key)) {}
  Result<certificates::Certificate> server_certificate(const PublicKey& tls_key, std::int64_t now_ms);

  KeyFolder& folder_;
  Random& random_;
  Uuid county_;
  std::vector<certificates::Certificate> authorities_;  // of the statements, the newest last
  SigningKey key_;                                      // of the newest
};

// A new authority in the folder; signed by `old` as well when there is one, so that laptops which know only that one
// believe the new one too.
Result<certificates::Certificate> make_authority(KeyFolder& folder, const Uuid& county,
                                                 const certificates::Certificate* old, std::int64_t now_ms,
                                                 Random& random);

}  // namespace kuangxun::county
