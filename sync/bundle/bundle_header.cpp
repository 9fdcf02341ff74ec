#include "sync/bundle/bundle_header.h"

#include "db/language/language.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::bundle {
namespace {

constexpr std::string_view requests_magic = "KXBU";
constexpr std::string_view answers_magic = "KXBA";
constexpr std::size_t reserved_bytes = 3;

}  // namespace

Bytes encode_header(const BundleHeader& header) {
  wire::ByteWriter out;
  out.raw(header.content == Content::requests ? requests_magic : answers_magic);
  out.number(bundle_version);
  for (std::size_t i = 0; i < reserved_bytes; ++i) out.number(std::uint8_t{0});
  out.id(header.county);
  out.id(header.writer.device);
  out.number(header.writer.epoch);
  out.number(header.key_generation);
  out.number(header.created_at_ms);
  out.id(header.id);
  return std::move(out).bytes();
}

Result<BundleHeader> decode_header(ByteView bytes) {
  wire::ByteReader in(bytes);
  const std::string_view magic = as_text(in.take(requests_magic.size()));
  const auto version = in.number<std::uint8_t>();
  if (in.is_bad() || (magic != requests_magic && magic != answers_magic)) {
    return Error(ErrorCode::bad_input, phrase("not a bundle of Kuangxun"));
  }
  if (version != bundle_version) {
    return Error(ErrorCode::newer_version,
                 phrase("the bundle has version {0}, this program knows version {1}: update the program",
                        {std::to_string(version), std::to_string(bundle_version)}));
  }
  BundleHeader header;
  header.content = magic == requests_magic ? Content::requests : Content::answers;
  bool is_clean = true;
  for (const std::uint8_t reserved : in.take(reserved_bytes)) is_clean = is_clean && reserved == 0;
  header.county = in.id();
  header.writer.device = in.id();
  header.writer.epoch = in.number<std::uint32_t>();
  header.key_generation = in.number<std::uint32_t>();
  header.created_at_ms = in.number<std::int64_t>();
  header.id = in.id();
  if (in.is_finished() && is_clean) return header;
  return Error(ErrorCode::corrupt, phrase("the beginning of the bundle is damaged"));
}

}  // namespace kuangxun::bundle
