#include "sync/upward/receipt.h"

#include "db/base/base32.h"
#include "db/base/language.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::upward {
namespace {
constexpr std::string_view receipt_magic = "KXUR";
constexpr std::uint8_t receipt_version = 1;
constexpr std::size_t fingerprint_characters = 20;
}  // namespace

Bytes seal_upward_receipt(const UpwardReceipt& receipt, const SigningKey& prefecture_key) {
  wire::ByteWriter out;
  out.raw(receipt_magic);
  out.number(receipt_version);
  out.id(receipt.county);
  out.number(receipt.incarnation);
  out.number(receipt.package_number);
  out.hash(receipt.package);
  out.number(receipt.through);
  out.number(receipt.prefecture_time_ms);
  out.signature(prefecture_key.sign(out.bytes()));
  return std::move(out).bytes();
}

Result<UpwardReceipt> open_upward_receipt(ByteView bytes, const PublicKey& prefecture_key) {
  wire::ByteReader in(bytes);
  bool is_ours = as_text(in.take(receipt_magic.size())) == receipt_magic;
  is_ours = in.number<std::uint8_t>() == receipt_version && is_ours;
  UpwardReceipt receipt;
  receipt.county = in.id();
  receipt.incarnation = in.number<std::uint32_t>();
  receipt.package_number = in.number<std::uint64_t>();
  receipt.package = in.hash();
  receipt.through = in.number<std::uint64_t>();
  receipt.prefecture_time_ms = in.number<std::int64_t>();
  const Signature signature = in.signature();
  if (!is_ours || !in.is_finished()) {
    return Error(ErrorCode::bad_input, say_text("这不是上报回执，或不完整",
                                                "this is no receipt of a prefecture, or not "
                                                "a whole one"));
  }
  if (!verify_signature(prefecture_key, bytes.first(bytes.size() - signature.bytes.size()), signature)) {
    return Error(ErrorCode::refused,
                 say_text("回执不是本县所报州级签发的，或已损坏；没有记下",
                          "the receipt was not signed by this county's prefecture, or is damaged: it was not kept"));
  }
  return receipt;
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
