#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "db/base/file_stream.h"
#include "db/base/hash_stream.h"
#include "db/base/sealed_stream.h"
#include "sync/bundle/bundle_header.h"
#include "sync/bundle/written_bundle.h"

// A file of records, sealed to one reader. At most one record and one block of it are in memory.
namespace kuangxun::bundle {

class SealedFileWriter {
 public:
  // bad_input when a file stands there already: nothing on a stick is overwritten.
  static Result<std::unique_ptr<SealedFileWriter>> create(const std::filesystem::path& path, const BundleHeader& header,
                                                          const PublicKey& recipient);
  Status add(ByteView record);
  // Flushes, gives the file its name, and reads all of it back; a file that reads back otherwise is removed.
  Result<WrittenFile> finish();

 private:
  SealedFileWriter(std::filesystem::path path, std::unique_ptr<FileWriter> file)
      : path_(std::move(path)), file_(std::move(file)) {}
  Status write(ByteView bytes);
  Status read_back(const Hash& written);

  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;
  std::unique_ptr<SealedWriter> stream_;
  HashStream hash_;
  HashStream content_;
  std::uint64_t bytes_ = 0;
};

class SealedFileReader {
 public:
  // What stands in the clear, not believed yet.
  static Result<BundleHeader> read_header(const std::filesystem::path& path);
  // With whichever of the secrets opens it. refused when none does.
  static Result<std::unique_ptr<SealedFileReader>> open(const std::filesystem::path& path,
                                                        std::span<const ExchangeSecret> secrets);
  // Of the file, which is what was sealed.
  const BundleHeader& header() const { return header_; }
  // The next record; none at the end, which is told only when nothing is missing. corrupt otherwise.
  Result<std::optional<Bytes>> next();

 private:
  SealedFileReader(const BundleHeader& header, std::unique_ptr<SealedReader> stream)
      : header_(header), stream_(std::move(stream)) {}
  // Exactly so many bytes, or none at the end.
  Result<Bytes> take(std::size_t size, bool may_end);

  BundleHeader header_;
  std::unique_ptr<SealedReader> stream_;
  Bytes block_;
  std::size_t at_ = 0;
};

}  // namespace kuangxun::bundle
