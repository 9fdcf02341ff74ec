#include "sync/upward/receipt.h"

#include "db/base/base32.h"
#include "db/language/language.h"
#include "sync/wire/sealed_statement.h"

namespace kuangxun::upward {
namespace {
constexpr wire::StatementForm receipt_form{"KXUR", 1};
constexpr std::size_t fingerprint_characters = 20;
}  // namespace

Bytes seal_upward_receipt(const UpwardReceipt& receipt, const SigningKey& prefecture_key) {
  return wire::seal_statement(receipt_form, receipt, prefecture_key);
}

Result<UpwardReceipt> open_upward_receipt(ByteView bytes, const PublicKey& prefecture_key) {
  const auto read = wire::read_statement<UpwardReceipt>(receipt_form, bytes);
  if (!read.has_value()) {
    return Error(ErrorCode::bad_input, phrase("this is no receipt of a prefecture, or not a whole one"));
  }
  if (!read->is_signed_by(prefecture_key)) {
    return Error(ErrorCode::refused,
                 phrase("the receipt was not signed by this county's prefecture, or is damaged: it was not kept"));
  }
  return read->statement;
}

std::string fingerprint_of(const PublicKey& county_key) {
  wire::ByteWriter out;
  out.raw(std::string_view("kuangxun county key"));
  out.key(county_key);
  const std::string characters = to_base32(sha256(out.bytes()).bytes, fingerprint_characters);
  std::string grouped;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += '-';
    grouped += characters[i];
  }
  return grouped;
}

std::string normal_fingerprint(const std::string& typed) {
  std::string normal;
  for (char one : typed) {
    if (one == '-' || one == ' ') continue;
    if (one >= 'a' && one <= 'z') one = static_cast<char>(one - 'a' + 'A');
    if (one == 'O') one = '0';
    if (one == 'I' || one == 'L') one = '1';
    if (!normal.empty() && normal.size() % 5 == 4) normal += '-';
    normal += one;
  }
  return normal;
}

}  // namespace kuangxun::upward
