#pragma once

#include <filesystem>
#include <vector>

#include "db/base/random.h"
#include "sync/certificates/certificate.h"
#include "sync/ports/machine.h"

namespace kuangxun::county {

// The folder of the county's secret keys, each in a file of its own (0600): a 32-byte seed as hexadecimal text, named
// by what it is for and the beginning of its public half. Certificates lie beside them as PEM. Nothing is ever
// overwritten or deleted: an old key still opens old bundles and is in the backup.
class KeyFolder final : public ports::SecretKeys {
 public:
  enum class Use { county, authority, bundle };
  explicit KeyFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  // Only its owner may look inside.
  Status make();
  // A new key, kept before it is given.
  Result<SigningKey> make_key(Use use, Random& random);
  Result<SigningKey> find_key(Use use, const PublicKey& key);
  // Of the county's own signing keys.
  Result<SigningKey> find(const PublicKey& key) override { return find_key(Use::county, key); }
  // Files of their own too, statement-00001.kxs and so on.
  Status keep_statements(const std::vector<Bytes>& sealed) override;
  Result<std::vector<Bytes>> kept_statements() override;
  // Every key of that use, in no order.
  Result<std::vector<SigningKey>> all_keys(Use use);
  // The key named so (tls, tickets), made when it is missing.
  Result<SigningKey> own_key(const std::string& name, Random& random);

  Status keep_certificate(const std::string& name, const certificates::Certificate& certificate);
  // not_found when it is not there.
  Result<certificates::Certificate> read_certificate(const std::string& name);
  // Those whose names begin so.
  Result<std::vector<certificates::Certificate>> all_certificates(const std::string& beginning);

 private:
  std::filesystem::path key_path(Use use, const PublicKey& key) const;
  Result<SigningKey> read_key(const std::filesystem::path& file);
  Result<std::vector<std::filesystem::path>> files(const std::string& beginning, const std::string& ending);

  std::filesystem::path path_;
};

// The beginning of a key's name in the folder.
std::string short_name(const PublicKey& key);

}  // namespace kuangxun::county
