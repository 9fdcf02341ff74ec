#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "db/base/hash_stream.h"
#include "db/frames/frame_store.h"
#include "sync/container/checked_file.h"
#include "sync/container/container_reader.h"

// The file in which a county reports to its prefecture. UPWARD.md describes every byte. At most one record is in
// memory.
namespace kuangxun::upward {

enum class RecordType : std::uint8_t {
  county = 1,
  key_statement = 2,
  frame = 4,
  chunk = 7,
  checkpoint = 9,
  end = 255,
};

struct PackageHeader {
  bool is_sealed = false;
  Uuid county;
  std::uint32_t incarnation = 0;
  std::uint64_t number = 0;
  std::uint64_t first_sequence = 0;
  Hash previous;  // of the package whose frames end before the first; zero for none
  bool operator==(const PackageHeader&) const = default;
};
constexpr std::size_t package_header_bytes = 76;

// The last record, which the county signs.
struct Manifest {
  std::uint64_t through = 0;
  std::uint64_t frames = 0;
  std::uint64_t photos = 0;
  Hash content;  // SHA-256 of the header and all records before
  std::int64_t county_time_ms = 0;
  std::uint32_t county_epoch = 0;
  Signature signature;
};
// Names the package.
Hash package_hash(const PackageHeader& header, const Manifest& manifest);
// refused unless the county signed it.
Status verify_manifest(const PackageHeader& header, const Manifest& manifest, const frames::KnownCounty& county);

class PackageWriter {
 public:
  // Sealed to `recipient` (X25519) when there is one. bad_input when a file stands there already.
  static Result<std::unique_ptr<PackageWriter>> create(const std::filesystem::path& path, PackageHeader header,
                                                       const std::optional<PublicKey>& recipient);
  Status add(RecordType type, ByteView body);
  // Signs, and finishes as CheckedFileWriter does. `manifest` has everything but content and signature, and is
  // completed.
  Status finish(Manifest& manifest, const SigningKey& county_key);
  std::uint64_t bytes() const { return file_->bytes(); }

 private:
  PackageWriter(const PackageHeader& header, std::unique_ptr<container::CheckedFileWriter> file)
      : header_(header), file_(std::move(file)) {}

  PackageHeader header_;
  std::unique_ptr<container::CheckedFileWriter> file_;
  HashStream content_;
};

struct PackageRecord {
  RecordType type = RecordType::end;
  Bytes body;
};

class PackageReader {
 public:
  // What stands in the clear, not believed yet.
  static Result<PackageHeader> read_header(const std::filesystem::path& path);
  static Result<std::unique_ptr<PackageReader>> open(const std::filesystem::path& path, const ExchangeSecret& secret);
  const PackageHeader& header() const { return header_; }
  // The next record before the end. None at the end, which is told only when the manifest's hash of the content is
  // right and nothing follows; then manifest() is there, its signature not checked. corrupt otherwise.
  Result<std::optional<PackageRecord>> next();
  const Manifest& manifest() const { return manifest_; }

 private:
  PackageReader(const PackageHeader& header, std::unique_ptr<container::ContainerReader> file)
      : header_(header), file_(std::move(file)) {}
  Status finish(ByteView body);

  PackageHeader header_;
  std::unique_ptr<container::ContainerReader> file_;
  HashStream content_;
  Manifest manifest_;
};

Error damaged_package();

}  // namespace kuangxun::upward
