#include "sync/bundle/sealed_file.h"

#include <algorithm>
#include <array>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::bundle {
namespace {

constexpr std::size_t length_bytes = 4;
// A request or an answer and what stands around it; in answers both, of which the request is short.
constexpr std::size_t record_bytes_max = limits::http_body_bytes_max + 4096;

Error damaged() {
  return Error(ErrorCode::corrupt, phrase("the bundle is cut short or damaged: have it written again"));
}

SealedReader::Source source_of(std::shared_ptr<FileReader> file) {
  return [file](std::span<std::uint8_t> buffer) { return file->read(buffer); };
}

}  // namespace

Result<std::unique_ptr<SealedFileWriter>> SealedFileWriter::create(const std::filesystem::path& path,
                                                                   const BundleHeader& header,
                                                                   const PublicKey& recipient) {
  std::error_code failure;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, failure))) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} exists already: give another name, or move it away first", {path.string()}));
  }
  KX_TRY(file, FileWriter::create(path, false));
  std::unique_ptr<SealedFileWriter> writer(new SealedFileWriter(path, std::move(file)));
  const Bytes clear = encode_header(header);
  KX_CHECK(writer->write(clear));
  KX_TRY(stream, SealedWriter::open(recipient, [to = writer.get()](ByteView bytes) { return to->write(bytes); }));
  writer->stream_ = std::move(stream);
  KX_CHECK(writer->add(clear));
  return writer;
}

Status SealedFileWriter::write(ByteView bytes) {
  hash_.add(bytes);
  bytes_ += bytes.size();
  return file_->write(bytes);
}

Status SealedFileWriter::add(ByteView record) {
  wire::ByteWriter length;
  length.number(static_cast<std::uint32_t>(record.size()));
  content_.add(length.bytes());
  content_.add(record);
  KX_CHECK(stream_->write(length.bytes()));
  return stream_->write(record);
}

Result<WrittenFile> SealedFileWriter::finish() {
  KX_CHECK(stream_->finish());
  const Hash hash = hash_.finish();
  KX_CHECK(file_->commit());
  if (Status same = read_back(hash); !same.ok()) {
    std::error_code failure;
    std::filesystem::remove(path_, failure);
    return same.error();
  }
  return WrittenFile{bytes_, hash};
}

// Sticks take bytes that they do not keep. What is read is compared with what was written, and opened as its reader
// will open it.
Status SealedFileWriter::read_back(const Hash& written) {
  const auto lies = [&](const Error& why) {
    return Error(ErrorCode::unavailable,
                 phrase("{0} reads back otherwise than it was written ({1}): this stick is not reliable, take another",
                        {path_.string(), why.message()}));
  };
  HashStream on_medium;
  HashStream opened;
  KX_TRY(file, FileReader::open(path_));
  std::array<std::uint8_t, bundle_header_bytes> clear{};
  KX_TRY(clear_bytes, file->read(clear));
  on_medium.add(ByteView(clear).first(clear_bytes));
  auto stream = SealedReader::open_with(stream_->stream_key(), [&](std::span<std::uint8_t> buffer) {
    auto count = file->read(buffer);
    if (count.ok()) on_medium.add(ByteView(buffer).first(*count));
    return count;
  });
  if (!stream.ok()) return lies(stream.error());
  for (;;) {
    const auto block = (*stream)->read();
    if (!block.ok()) return lies(block.error());
    if (block->empty()) break;
    opened.add(*block);
  }
  if (on_medium.finish() != written || opened.finish() != content_.finish()) return lies(damaged());
  return {};
}

Result<BundleHeader> SealedFileReader::read_header(const std::filesystem::path& path) {
  KX_TRY(file, FileReader::open(path));
  Bytes clear(bundle_header_bytes);
  KX_TRY(count, file->read(clear));
  clear.resize(count);
  return decode_header(clear);
}

Result<std::unique_ptr<SealedFileReader>> SealedFileReader::open(const std::filesystem::path& path,
                                                                 std::span<const ExchangeSecret> secrets) {
  KX_TRY(header, read_header(path));
  for (const ExchangeSecret& secret : secrets) {
    KX_TRY(opened, FileReader::open(path));
    const std::shared_ptr<FileReader> file = std::move(opened);
    Bytes clear(bundle_header_bytes);
    KX_CHECK(file->read(clear));
    auto stream = SealedReader::open(secret, source_of(file));
    if (!stream.ok() && stream.error().code() == ErrorCode::refused) continue;
    if (!stream.ok()) return stream.error();
    std::unique_ptr<SealedFileReader> reader(new SealedFileReader(header, std::move(stream).value()));
    KX_TRY(sealed, reader->next());
    if (!sealed.has_value() || !std::ranges::equal(*sealed, clear)) return damaged();
    return reader;
  }
  return Error(
      ErrorCode::refused,
      phrase("{0} does not open: it is meant for somebody else, or its beginning is damaged", {path.string()}));
}

Result<Bytes> SealedFileReader::take(std::size_t size, bool may_end) {
  Bytes taken;
  while (taken.size() < size) {
    if (at_ == block_.size()) {
      KX_TRY(block, stream_->read());
      block_ = std::move(block);
      at_ = 0;
      if (block_.empty()) break;
    }
    const std::size_t count = std::min(size - taken.size(), block_.size() - at_);
    const auto from = block_.begin() + static_cast<std::ptrdiff_t>(at_);
    taken.insert(taken.end(), from, from + static_cast<std::ptrdiff_t>(count));
    at_ += count;
  }
  if (taken.size() == size || (may_end && taken.empty())) return taken;
  return damaged();
}

Result<std::optional<Bytes>> SealedFileReader::next() {
  KX_TRY(prefix, take(length_bytes, true));
  if (prefix.empty()) return std::optional<Bytes>();
  wire::ByteReader in(prefix);
  const auto size = in.number<std::uint32_t>();
  if (size > record_bytes_max) return damaged();
  KX_TRY(record, take(size, false));
  return std::optional<Bytes>(std::move(record));
}

}  // namespace kuangxun::bundle
