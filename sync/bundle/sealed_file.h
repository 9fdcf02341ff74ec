#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "sync/bundle/bundle_header.h"
#include "sync/container/checked_file.h"
#include "sync/container/container_reader.h"

// A file of records, sealed to one reader. At most one record and one block of it are in memory.
namespace kuangxun::bundle {

class SealedFileWriter {
 public:
  // bad_input when a file stands there already: nothing on a stick is overwritten.
  static Result<std::unique_ptr<SealedFileWriter>> create(const std::filesystem::path& path, const BundleHeader& header,
                                                          const PublicKey& recipient);
  Status add(ByteView record);
  // As CheckedFileWriter does.
  Result<container::WrittenFile> finish() { return file_->finish(); }

 private:
  explicit SealedFileWriter(std::unique_ptr<container::CheckedFileWriter> file) : file_(std::move(file)) {}

  std::unique_ptr<container::CheckedFileWriter> file_;
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
  SealedFileReader(const BundleHeader& header, std::unique_ptr<container::ContainerReader> file)
      : header_(header), file_(std::move(file)) {}

  BundleHeader header_;
  std::unique_ptr<container::ContainerReader> file_;
};

}  // namespace kuangxun::bundle
