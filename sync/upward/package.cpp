#include "sync/upward/package.h"

#include <algorithm>
#include <array>

#include "db/base/limits.h"
#include "db/language/language.h"
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
  std::error_code failure;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, failure))) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} exists already: give another name, or move it away first", {path.string()}));
  }
  KX_TRY(file, FileWriter::create(path, false));
  std::unique_ptr<PackageWriter> writer(new PackageWriter(path, std::move(file)));
  header.is_sealed = recipient.has_value();
  writer->header_ = header;
  const Bytes clear = encode(header);
  writer->content_.add(clear);
  KX_CHECK(writer->to_file(clear));
  if (recipient.has_value()) {
    KX_TRY(stream, SealedWriter::open(*recipient, [to = writer.get()](ByteView bytes) { return to->to_file(bytes); }));
    writer->stream_ = std::move(stream);
  }
  return writer;
}

Status PackageWriter::to_file(ByteView bytes) {
  written_.add(bytes);
  bytes_ += bytes.size();
  return file_->write(bytes);
}

Status PackageWriter::put(ByteView bytes) {
  return stream_ == nullptr ? to_file(bytes) : stream_->write(bytes);
}

Status PackageWriter::add(RecordType type, ByteView body) {
  wire::ByteWriter head;
  head.number(static_cast<std::uint8_t>(type));
  head.number(static_cast<std::uint32_t>(body.size()));
  if (type != RecordType::end) {
    content_.add(head.bytes());
    content_.add(body);
  }
  KX_CHECK(put(head.bytes()));
  return put(body);
}

Status PackageWriter::finish(Manifest& manifest, const SigningKey& county_key) {
  manifest.content = content_.finish();
  manifest.signature = county_key.sign(signed_bytes(header_, manifest));
  wire::ByteWriter body;
  body.raw(encode(manifest));
  body.signature(manifest.signature);
  KX_CHECK(add(RecordType::end, body.bytes()));
  if (stream_ != nullptr) KX_CHECK(stream_->finish());
  const Hash hash = written_.finish();
  KX_CHECK(file_->commit());
  Status same = read_back(hash);
  if (!same.ok()) {
    std::error_code failure;
    std::filesystem::remove(path_, failure);
  }
  return same;
}

// Sticks take bytes that they do not keep.
Status PackageWriter::read_back(const Hash& written) {
  KX_TRY(file, FileReader::open(path_));
  HashStream on_medium;
  Bytes buffer(sealed_block_bytes_max);
  for (;;) {
    KX_TRY(count, file->read(buffer));
    on_medium.add(ByteView(buffer).first(count));
    if (count < buffer.size()) break;
  }
  if (on_medium.finish() == written) return {};
  return Error(ErrorCode::unavailable,
               phrase("{0} reads back otherwise than it was written: this stick is not reliable, take another",
                      {path_.string()}));
}

Result<PackageHeader> PackageReader::read_header(const std::filesystem::path& path) {
  KX_TRY(file, FileReader::open(path));
  Bytes clear(package_header_bytes);
  KX_TRY(count, file->read(clear));
  return decode(ByteView(clear).first(count));
}

Result<std::unique_ptr<PackageReader>> PackageReader::open(const std::filesystem::path& path,
                                                           const ExchangeSecret& secret) {
  auto reader = std::make_unique<PackageReader>();
  KX_TRY(file, FileReader::open(path));
  reader->file_ = std::move(file);
  Bytes clear(package_header_bytes);
  KX_TRY(count, reader->file_->read(clear));
  KX_TRY(header, decode(ByteView(clear).first(count)));
  reader->header_ = header;
  reader->content_.add(clear);
  if (!header.is_sealed) return reader;
  auto stream = SealedReader::open(
      secret, [raw = reader->file_.get()](std::span<std::uint8_t> buffer) { return raw->read(buffer); });
  if (!stream.ok() && stream.error().code() == ErrorCode::refused) {
    return Error(ErrorCode::refused,
                 phrase("the package does not open: it is meant for somebody else, or its beginning is damaged"));
  }
  if (!stream.ok()) return damaged_package();
  reader->stream_ = std::move(stream).value();
  return reader;
}

// As much as there is; less only at the end.
Result<std::size_t> PackageReader::some(std::span<std::uint8_t> buffer) {
  if (stream_ == nullptr) return file_->read(buffer);
  std::size_t count = 0;
  while (count < buffer.size()) {
    if (at_ == block_.size()) {
      KX_TRY(block, stream_->read());
      if (block.empty()) break;
      block_ = std::move(block);
      at_ = 0;
    }
    const std::size_t now = std::min(buffer.size() - count, block_.size() - at_);
    std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(at_), now,
                buffer.begin() + static_cast<std::ptrdiff_t>(count));
    at_ += now;
    count += now;
  }
  return count;
}

Status PackageReader::fill(std::span<std::uint8_t> buffer) {
  KX_TRY(count, some(buffer));
  return count == buffer.size() ? Status() : damaged_package();
}

Result<std::optional<PackageRecord>> PackageReader::next() {
  std::array<std::uint8_t, 5> head{};
  KX_CHECK(fill(head));
  wire::ByteReader in{ByteView(head)};
  PackageRecord record;
  record.type = static_cast<RecordType>(in.number<std::uint8_t>());
  const auto size = in.number<std::uint32_t>();
  if (size > record_bytes_max) return damaged_package();
  record.body.resize(size);
  KX_CHECK(fill(record.body));
  if (record.type == RecordType::end) {
    KX_CHECK(finish(record.body));
    return std::optional<PackageRecord>();
  }
  content_.add(head);
  content_.add(record.body);
  return std::optional(std::move(record));
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
  KX_TRY(count, some(behind));
  if (!in.is_finished() || count != 0 || manifest_.content != content_.finish()) return damaged_package();
  return {};
}

}  // namespace kuangxun::upward
