#include "sync/wire/checkpoint.h"

#include "db/base/language.h"
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
  if (!read.has_value()) return Error(ErrorCode::bad_input, say_text("不是县级检查点", "not a county checkpoint"));
  if (!is_of_county(*read, county)) {
    return Error(ErrorCode::refused, say_text("检查点不是本县签发的", "the checkpoint was not signed by this county"));
  }
  return read->statement;
}

}  // namespace kuangxun::wire
