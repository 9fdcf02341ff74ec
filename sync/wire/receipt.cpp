#include "sync/wire/receipt.h"

#include "db/base/language.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/messages.h"

namespace kuangxun::wire {
namespace {
constexpr std::string_view receipt_magic = "KXRC";
}

Bytes seal_receipt(const Receipt& receipt, const SigningKey& county_key) {
  ByteWriter out;
  out.raw(receipt_magic);
  out.number(wire_version);
  out.id(receipt.county);
  out.id(receipt.writer.device);
  out.number(receipt.writer.epoch);
  out.number(receipt.stored_through);
  out.number(receipt.county_sequence);
  out.hash(receipt.frame);
  out.number(receipt.county_time_ms);
  out.number(receipt.county_epoch);
  out.signature(county_key.sign(out.bytes()));
  return std::move(out).bytes();
}

Result<Receipt> open_receipt(ByteView bytes, const frames::KnownCounty& county) {
  ByteReader in(bytes);
  bool is_ours = as_text(in.take(receipt_magic.size())) == receipt_magic;
  is_ours = in.number<std::uint8_t>() == wire_version && is_ours;
  Receipt receipt;
  receipt.county = in.id();
  receipt.writer.device = in.id();
  receipt.writer.epoch = in.number<std::uint32_t>();
  receipt.stored_through = in.number<std::uint64_t>();
  receipt.county_sequence = in.number<std::uint64_t>();
  receipt.frame = in.hash();
  receipt.county_time_ms = in.number<std::int64_t>();
  receipt.county_epoch = in.number<std::uint32_t>();
  const Signature signature = in.signature();
  if (!is_ours || !in.is_finished()) {
    return Error(ErrorCode::bad_input, say_text("不是县级回执", "not a county receipt"));
  }
  const auto key = county.key_of(receipt.county_epoch);
  if (receipt.county != county.county || !key.has_value() ||
      !verify_signature(*key, bytes.first(bytes.size() - signature.bytes.size()), signature)) {
    return Error(ErrorCode::refused, say_text("回执不是本县签发的", "the receipt was not signed by this county"));
  }
  return receipt;
}

}  // namespace kuangxun::wire
