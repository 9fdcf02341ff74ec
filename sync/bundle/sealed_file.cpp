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

Bytes length_of(ByteView record) {
  wire::ByteWriter length;
  length.number(static_cast<std::uint32_t>(record.size()));
  return std::move(length).bytes();
}

}  // namespace

Result<std::unique_ptr<SealedFileWriter>> SealedFileWriter::create(const std::filesystem::path& path,
                                                                   const BundleHeader& header,
                                                                   const PublicKey& recipient) {
  KX_TRY(file, container::CheckedFileWriter::create(path));
  const Bytes clear = encode_header(header);
  KX_CHECK(file->write(clear));
  KX_CHECK(file->seal(recipient));
  std::unique_ptr<SealedFileWriter> writer(new SealedFileWriter(std::move(file)));
  KX_CHECK(writer->add(clear));
  return writer;
}

Status SealedFileWriter::add(ByteView record) {
  KX_CHECK(file_->write(length_of(record)));
  return file_->write(record);
}

Result<BundleHeader> SealedFileReader::read_header(const std::filesystem::path& path) {
  KX_TRY(file, container::ContainerReader::open(path));
  Bytes clear(bundle_header_bytes);
  KX_TRY(count, file->read(clear));
  clear.resize(count);
  return decode_header(clear);
}

Result<std::unique_ptr<SealedFileReader>> SealedFileReader::open(const std::filesystem::path& path,
                                                                 std::span<const ExchangeSecret> secrets) {
  KX_TRY(header, read_header(path));
  for (const ExchangeSecret& secret : secrets) {
    KX_TRY(file, container::ContainerReader::open(path));
    Bytes clear(bundle_header_bytes);
    KX_CHECK(file->read(clear));
    const Status unsealed = file->unseal(secret);
    if (!unsealed.ok() && unsealed.error().code() == ErrorCode::refused) continue;
    if (!unsealed.ok()) return unsealed.error();
    std::unique_ptr<SealedFileReader> reader(new SealedFileReader(header, std::move(file)));
    KX_TRY(sealed, reader->next());
    if (!sealed.has_value() || !std::ranges::equal(*sealed, clear)) return damaged();
    return reader;
  }
  return Error(
      ErrorCode::refused,
      phrase("{0} does not open: it is meant for somebody else, or its beginning is damaged", {path.string()}));
}

Result<std::optional<Bytes>> SealedFileReader::next() {
  std::array<std::uint8_t, length_bytes> length{};
  KX_TRY(length_count, file_->read(length));
  if (length_count == 0) return std::optional<Bytes>();
  wire::ByteReader in{ByteView(length)};
  const auto size = in.number<std::uint32_t>();
  if (length_count != length.size() || size > record_bytes_max) return damaged();
  Bytes record(size);
  KX_TRY(count, file_->read(record));
  if (count != record.size()) return damaged();
  return std::optional<Bytes>(std::move(record));
}

}  // namespace kuangxun::bundle
