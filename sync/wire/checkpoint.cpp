#include "sync/wire/checkpoint.h"

#include "db/base/language.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/messages.h"

namespace kuangxun::wire {
namespace {
constexpr std::string_view checkpoint_magic = "KXCP";
}

Bytes seal_checkpoint(const Checkpoint& checkpoint, const SigningKey& county_key) {
  ByteWriter out;
  out.raw(checkpoint_magic);
  out.number(wire_version);
  out.id(checkpoint.county);
  out.number(checkpoint.incarnation);
  out.number(checkpoint.size);
  out.hash(checkpoint.root);
  out.number(checkpoint.county_time_ms);
  out.number(checkpoint.county_epoch);
  out.signature(county_key.sign(out.bytes()));
  return std::move(out).bytes();
}

Result<Checkpoint> open_checkpoint(ByteView bytes, const frames::KnownCounty& county) {
  ByteReader in(bytes);
  bool is_ours = as_text(in.take(checkpoint_magic.size())) == checkpoint_magic;
  is_ours = in.number<std::uint8_t>() == wire_version && is_ours;
  Checkpoint checkpoint;
  checkpoint.county = in.id();
  checkpoint.incarnation = in.number<std::uint32_t>();
  checkpoint.size = in.number<std::uint64_t>();
  checkpoint.root = in.hash();
  checkpoint.county_time_ms = in.number<std::int64_t>();
  checkpoint.county_epoch = in.number<std::uint32_t>();
  const Signature signature = in.signature();
  if (!is_ours || !in.is_finished()) {
    return Error(ErrorCode::bad_input, say_text("不是县级检查点", "not a county checkpoint"));
  }
  const auto key = county.key_of(checkpoint.county_epoch);
  if (checkpoint.county != county.county || !key.has_value() ||
      !verify_signature(*key, bytes.first(bytes.size() - signature.bytes.size()), signature)) {
    return Error(ErrorCode::refused, say_text("检查点不是本县签发的", "the checkpoint was not signed by this county"));
  }
  return checkpoint;
}

}  // namespace kuangxun::wire
