#include "sync/upward/package.h"

#include <array>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/container/records.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::upward {
namespace {

constexpr std::string_view package_magic = "KXUP";
constexpr std::uint8_t package_version = 1;
// The largest is a frame.
constexpr std::size_t record_bytes_max = limits::frame_bytes_max + 64;

Bytes encode(const PackageHeader& header) {
  wire::ByteWriter out;
  out.raw(package_magic);
  out.number(package_version);
  out.number(static_cast<std::uint8_t>(header.is_sealed));
  out.number(std::uint16_t{0});
  out.id(header.county);
  out.number(header.incarnation);
  out.number(header.number);
  out.number(header.first_sequence);
  out.hash(header.previous);
  return std::move(out).bytes();
}

Result<PackageHeader> decode(ByteView bytes) {
  wire::ByteReader in(bytes);
  const bool is_package = as_text(in.take(package_magic.size())) == package_magic;
  const auto version = in.number<std::uint8_t>();
  if (is_package && version > package_version) {
    return Error(ErrorCode::newer_version,
                 phrase("the package was written by a newer program: update the prefecture's first"));
  }
  PackageHeader header;
  const auto sealed = in.number<std::uint8_t>();
  const auto zero = in.number<std::uint16_t>();
  header.is_sealed = sealed == 1;
  header.county = in.id();
  header.incarnation = in.number<std::uint32_t>();
  header.number = in.number<std::uint64_t>();
  header.first_sequence = in.number<std::uint64_t>();
  header.previous = in.hash();
  if (!is_package || version != package_version || sealed > 1 || zero != 0 || !in.is_finished()) {
    return Error(ErrorCode::bad_input, phrase("this is no package of a county, or its beginning is damaged"));
  }
  return header;
}

Bytes encode(const Manifest& manifest) {
  wire::ByteWriter out;
  out.number(manifest.through);
  out.number(manifest.frames);
  out.number(manifest.photos);
  out.hash(manifest.content);
  out.number(manifest.county_time_ms);
  out.number(manifest.county_epoch);
  return std::move(out).bytes();
}

Bytes signed_bytes(const PackageHeader& header, const Manifest& manifest) {
  wire::ByteWriter out;
  out.raw(std::string_view("kuangxun upward package"));
  out.raw(encode(header));
  out.raw(encode(manifest));
  return std::move(out).bytes();
}

}  // namespace

Error damaged_package() {
  return Error(ErrorCode::corrupt,
               phrase("the package is cut short or damaged; nothing of it was taken: have the county write it again"));
}

Hash package_hash(const PackageHeader& header, const Manifest& manifest) {
  wire::ByteWriter out;
  out.raw(signed_bytes(header, manifest));
  out.signature(manifest.signature);
  return sha256(out.bytes());
}

Status verify_manifest(const PackageHeader& header, const Manifest& manifest, const frames::KnownCounty& county) {
  const auto key = county.key_of(manifest.county_epoch);
  if (key.has_value() && verify_signature(*key, signed_bytes(header, manifest), manifest.signature)) return {};
  return Error(ErrorCode::refused, phrase("the package was not signed by that county, or was changed; nothing of it "
                                          "was taken"));
}

Result<std::unique_ptr<PackageWriter>> PackageWriter::create(const std::filesystem::path& path, PackageHeader header,
                                                             const std::optional<PublicKey>& recipient) {
  KX_TRY(file, container::CheckedFileWriter::create(path));
  header.is_sealed = recipient.has_value();
  const Bytes clear = encode(header);
  KX_CHECK(file->write(clear));
  if (recipient.has_value()) KX_CHECK(file->seal(*recipient));
  std::unique_ptr<PackageWriter> writer(new PackageWriter(header, std::move(file)));
  writer->content_.add(clear);
  return writer;
}

Status PackageWriter::add(RecordType type, ByteView body) {
  const Bytes head = container::record_head(static_cast<std::uint8_t>(type), body.size());
  if (type != RecordType::end) {
    content_.add(head);
    content_.add(body);
  }
  KX_CHECK(file_->write(head));
  return file_->write(body);
}

Status PackageWriter::finish(Manifest& manifest, const SigningKey& county_key) {
  manifest.content = content_.finish();
  manifest.signature = county_key.sign(signed_bytes(header_, manifest));
  wire::ByteWriter body;
  body.raw(encode(manifest));
  body.signature(manifest.signature);
  KX_CHECK(add(RecordType::end, body.bytes()));
  KX_CHECK(file_->finish());
  return {};
}

Result<PackageHeader> PackageReader::read_header(const std::filesystem::path& path) {
  KX_TRY(file, container::ContainerReader::open(path));
  Bytes clear(package_header_bytes);
  KX_TRY(count, file->read(clear));
  return decode(ByteView(clear).first(count));
}

Result<std::unique_ptr<PackageReader>> PackageReader::open(const std::filesystem::path& path,
                                                           const ExchangeSecret& secret) {
  KX_TRY(file, container::ContainerReader::open(path));
  Bytes clear(package_header_bytes);
  KX_TRY(count, file->read(clear));
  KX_TRY(header, decode(ByteView(clear).first(count)));
  if (header.is_sealed) {
    const Status unsealed = file->unseal(secret);
    if (!unsealed.ok() && unsealed.error().code() == ErrorCode::refused) {
      return Error(ErrorCode::refused,
                   phrase("the package does not open: it is meant for somebody else, or its beginning is damaged"));
    }
    if (!unsealed.ok()) return damaged_package();
  }
  std::unique_ptr<PackageReader> reader(new PackageReader(header, std::move(file)));
  reader->content_.add(clear);
  return reader;
}

Result<std::optional<PackageRecord>> PackageReader::next() {
  KX_TRY(record, container::read_record([this](std::span<std::uint8_t> buffer) { return file_->read(buffer); },
                                        record_bytes_max, [](container::Fault) { return damaged_package(); }));
  const auto type = static_cast<RecordType>(record.type);
  if (type == RecordType::end) {
    KX_CHECK(finish(record.body));
    return std::optional<PackageRecord>();
  }
  content_.add(container::record_head(record.type, record.body.size()));
  content_.add(record.body);
  return std::optional(PackageRecord{type, std::move(record.body)});
}

Status PackageReader::finish(ByteView body) {
  wire::ByteReader in(body);
  manifest_.through = in.number<std::uint64_t>();
  manifest_.frames = in.number<std::uint64_t>();
  manifest_.photos = in.number<std::uint64_t>();
  manifest_.content = in.hash();
  manifest_.county_time_ms = in.number<std::int64_t>();
  manifest_.county_epoch = in.number<std::uint32_t>();
  manifest_.signature = in.signature();
  std::array<std::uint8_t, 1> behind{};
  KX_TRY(count, file_->read(behind));
  if (!in.is_finished() || count != 0 || manifest_.content != content_.finish()) return damaged_package();
  return {};
}

}  // namespace kuangxun::upward
