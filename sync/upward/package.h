#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "db/base/file_stream.h"
#include "db/base/hash_stream.h"
#include "db/base/sealed_stream.h"
#include "db/frames/frame_store.h"

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
  // Signs, flushes, gives the file its name and reads all of it back; what reads back otherwise is removed. `manifest`
  // has everything but content and signature, and is completed.
  Status finish(Manifest& manifest, const SigningKey& county_key);
  std::uint64_t bytes() const { return bytes_; }

 private:
  PackageWriter(std::filesystem::path path, std::unique_ptr<FileWriter> file)
      : path_(std::move(path)), file_(std::move(file)) {}
  Status to_file(ByteView bytes);
  Status put(ByteView bytes);
  Status read_back(const Hash& written);

  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;
  std::unique_ptr<SealedWriter> stream_;
  PackageHeader header_;
  HashStream content_;
  HashStream written_;
  std::uint64_t bytes_ = 0;
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
  Status fill(std::span<std::uint8_t> buffer);
  Result<std::size_t> some(std::span<std::uint8_t> buffer);
  Status finish(ByteView body);

  PackageHeader header_;
  std::unique_ptr<FileReader> file_;
  std::unique_ptr<SealedReader> stream_;
  Bytes block_;
  std::size_t at_ = 0;
  HashStream content_;
  Manifest manifest_;
};

Error damaged_package();

}  // namespace kuangxun::upward
