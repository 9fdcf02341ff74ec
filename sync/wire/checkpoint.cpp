#include "sync/wire/checkpoint.h"

#include "db/language/language.h"
#include "sync/wire/sealed_statement.h"

namespace kuangxun::wire {
namespace {
constexpr StatementForm checkpoint_form{"KXCP"};
}

Bytes seal_checkpoint(const Checkpoint& checkpoint, const SigningKey& county_key) {
  return seal_statement(checkpoint_form, checkpoint, county_key);
}

Result<Checkpoint> open_checkpoint(ByteView bytes, const frames::KnownCounty& county) {
  const auto read = read_statement<Checkpoint>(checkpoint_form, bytes);
  if (!read.has_value()) return Error(ErrorCode::bad_input, phrase("not a county checkpoint"));
  if (!is_of_county(*read, county)) {
    return Error(ErrorCode::refused, phrase("the checkpoint was not signed by this county"));
  }
  return read->statement;
}

}  // namespace kuangxun::wire
