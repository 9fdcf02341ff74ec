#include "sync/wire/receipt.h"

#include "db/language/language.h"
#include "sync/wire/sealed_statement.h"

namespace kuangxun::wire {
namespace {
constexpr StatementForm receipt_form{"KXRC"};
}

Bytes seal_receipt(const Receipt& receipt, const SigningKey& county_key) {
  return seal_statement(receipt_form, receipt, county_key);
}

Result<Receipt> open_receipt(ByteView bytes, const frames::KnownCounty& county) {
  const auto read = read_statement<Receipt>(receipt_form, bytes);
  if (!read.has_value()) return Error(ErrorCode::bad_input, phrase("not a county receipt"));
  if (!is_of_county(*read, county)) {
    return Error(ErrorCode::refused, phrase("the receipt was not signed by this county"));
  }
  return read->statement;
}

}  // namespace kuangxun::wire
