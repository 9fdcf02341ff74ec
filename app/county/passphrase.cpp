#include "app/county/passphrase.h"

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

constexpr std::uint64_t passphrase_bytes_max = 1000;

}  // namespace

Result<std::string> read_passphrase(const std::filesystem::path& file) {
  KX_TRY(text, read_text_file(file, passphrase_bytes_max));
  std::string passphrase(trim(text));
  if (passphrase.empty()) {
    return Error(ErrorCode::bad_input, phrase("{0} is empty: write the passphrase there", {file.string()}));
  }
  return passphrase;
}

}  // namespace kuangxun::county
