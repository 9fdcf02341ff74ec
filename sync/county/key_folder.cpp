#include "sync/county/key_folder.h"

#include <algorithm>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

constexpr std::uint64_t key_file_bytes_max = 1000;
constexpr std::uint64_t certificate_file_bytes_max = 64 << 10;
const std::string statement_beginning = "statement-";
const std::string statement_ending = ".kxs";

std::string beginning_of(KeyFolder::Use use) {
  switch (use) {
    case KeyFolder::Use::authority:
      return "authority-";
    case KeyFolder::Use::bundle:
      return "bundle-";
    case KeyFolder::Use::county:
      break;
  }
  return "county-";
}

}  // namespace

std::string short_name(const PublicKey& key) {
  return to_hex(ByteView(key.bytes).first(12));
}

Status KeyFolder::make() {
  KX_CHECK(make_folder(path_));
  std::error_code failure;
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all, failure);
  return {};
}

std::filesystem::path KeyFolder::key_path(Use use, const PublicKey& key) const {
  return path_ / (beginning_of(use) + short_name(key) + ".key");
}

Result<SigningKey> KeyFolder::read_key(const std::filesystem::path& file) {
  const auto text = read_text_file(file, key_file_bytes_max);
  if (!text.ok()) {
    return Error(text.error().code(),
                 phrase("the county's key cannot be read: {0}. init makes it, --keys names its folder; when it is "
                        "lost, restore it from the backup",
                        {text.error().words()}));
  }
  const auto seed = from_hex(trim(*text));
  if (!seed.ok() || seed->size() != 32) {
    return Error(ErrorCode::corrupt,
                 phrase("the key file {0} is damaged: restore it from the backup", {file.string()}));
  }
  return SigningKey::from_seed(*seed);
}

Result<SigningKey> KeyFolder::make_key(Use use, Random& random) {
  SigningKey key = SigningKey::generate(random);
  const std::string text = to_hex(key.seed()) + "\n";
  KX_CHECK(write_file_durably(key_path(use, key.public_key()), as_bytes(text), true));
  return key;
}

Result<SigningKey> KeyFolder::find_key(Use use, const PublicKey& key) {
  KX_TRY(found, read_key(key_path(use, key)));
  if (found.public_key() != key) {
    return Error(ErrorCode::corrupt,
                 phrase("the key file {0} holds another key than its name says: restore it from the backup",
                        {key_path(use, key).string()}));
  }
  return found;
}

Result<std::vector<std::filesystem::path>> KeyFolder::files(const std::string& beginning, const std::string& ending) {
  std::vector<std::filesystem::path> found;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(path_, failure)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(ending)) found.push_back(entry.path());
  }
  if (failure) {
    return Error(ErrorCode::unavailable,
                 phrase("cannot read the key folder {0} ({1})", {path_.string(), failure.message()}));
  }
  std::ranges::sort(found);
  return found;
}

Status KeyFolder::keep_statements(const std::vector<Bytes>& sealed) {
  KX_TRY(kept, kept_statements());
  for (std::size_t i = kept.size(); i < sealed.size(); ++i) {
    const std::string number = std::to_string(100'000 + i + 1).substr(1);
    KX_CHECK(write_file_durably(path_ / (statement_beginning + number + statement_ending), sealed[i], true));
  }
  return {};
}

Result<std::vector<Bytes>> KeyFolder::kept_statements() {
  KX_TRY(paths, files(statement_beginning, statement_ending));
  std::vector<Bytes> kept;
  for (const std::filesystem::path& path : paths) {
    KX_TRY(sealed, read_file(path, limits::statement_bytes_max));
    kept.push_back(std::move(sealed));
  }
  return kept;
}

Result<std::vector<SigningKey>> KeyFolder::all_keys(Use use) {
  KX_TRY(paths, files(beginning_of(use), ".key"));
  std::vector<SigningKey> keys;
  for (const std::filesystem::path& path : paths) {
    KX_TRY(key, read_key(path));
    keys.push_back(std::move(key));
  }
  return keys;
}

Result<SigningKey> KeyFolder::own_key(const std::string& name, Random& random) {
  const std::filesystem::path path = path_ / (name + ".key");
  std::error_code failure;
  if (std::filesystem::exists(path, failure)) return read_key(path);
  SigningKey key = SigningKey::generate(random);
  const std::string text = to_hex(key.seed()) + "\n";
  KX_CHECK(write_file_durably(path, as_bytes(text), true));
  return key;
}

Status KeyFolder::keep_certificate(const std::string& name, const certificates::Certificate& certificate) {
  const std::string text = certificates::to_pem({certificate});
  return write_file_durably(path_ / (name + ".pem"), as_bytes(text), true);
}

Result<certificates::Certificate> KeyFolder::read_certificate(const std::string& name) {
  KX_TRY(text, read_text_file(path_ / (name + ".pem"), certificate_file_bytes_max));
  KX_TRY(list, certificates::from_pem(text));
  return list.front();
}

Result<std::vector<certificates::Certificate>> KeyFolder::all_certificates(const std::string& beginning) {
  KX_TRY(paths, files(beginning, ".pem"));
  std::vector<certificates::Certificate> all;
  for (const std::filesystem::path& path : paths) {
    KX_TRY(text, read_text_file(path, certificate_file_bytes_max));
    KX_TRY(list, certificates::from_pem(text));
    all.push_back(list.front());
  }
  return all;
}

}  // namespace kuangxun::county
