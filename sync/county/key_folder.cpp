#include "sync/county/key_folder.h"

#include "db/base/files.h"
#include "db/base/language.h"
#include "db/base/text.h"

namespace kuangxun::county {
namespace {

constexpr std::uint64_t key_file_bytes_max = 1000;

std::filesystem::path key_file(const std::filesystem::path& folder) {
  return folder / "receipt.key";
}

}  // namespace

Result<SigningKey> read_county_key(const std::filesystem::path& folder) {
  const auto text = read_text_file(key_file(folder), key_file_bytes_max);
  if (!text.ok()) {
    return Error(text.error().code(),
                 say_with("读不到县库密钥：{0}。密钥由 init 建立，用 --keys 指定所在文件夹",
                          "the county's key cannot be read: {0}. init makes it; --keys names its folder",
                          {text.error().message()}));
  }
  KX_TRY(seed, from_hex(trim(*text)));
  return SigningKey::from_seed(seed);
}

Result<SigningKey> make_county_key(const std::filesystem::path& folder, Random& random) {
  std::error_code failure;
  if (std::filesystem::exists(key_file(folder), failure)) return read_county_key(folder);
  KX_CHECK(make_folder(folder));
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
  SigningKey key = SigningKey::generate(random);
  const std::string text = to_hex(key.seed()) + "\n";
  KX_CHECK(write_file_durably(key_file(folder), as_bytes(text), true));
  return key;
}

}  // namespace kuangxun::county
