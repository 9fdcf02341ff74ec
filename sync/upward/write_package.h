#pragma once

#include <filesystem>

#include "sync/ledger/county.h"
#include "sync/upward/ledger.h"

namespace kuangxun::upward {

struct PackageWish {
  std::filesystem::path path;
  // Bytes of photos that fit on the stick; what is left comes with the next package. 0: no photos.
  std::uint64_t photo_bytes_max = 0;
  bool is_sealed = true;
  // From the first frame again: for a prefecture that lost what it had.
  bool from_start = false;
};

struct WrittenPackage {
  PackageEntry entry;
  std::uint64_t frames = 0;
  std::uint64_t photos = 0;
  std::uint64_t photos_left = 0;     // whole here, in no package yet (at most 100,000 are counted)
  std::uint64_t photos_damaged = 0;  // no longer what they were when they came: not in the package
  std::uint64_t bytes = 0;
};

// Everything of the county's sequence since the package that the prefecture receipted last. bad_input when it is to be
// sealed and nobody said to whom.
Result<WrittenPackage> write_package(ledger::County& county, Ledger& ledger, const PackageWish& wish);

// Keeps what the prefecture says of a package; twice is once. refused when another prefecture signed it, not_found when
// this county wrote no such package.
Result<PackageEntry> take_receipt(ledger::County& county, Ledger& ledger, ByteView receipt);

// The newest package that the prefecture has, of the county's present incarnation.
std::optional<PackageEntry> newest_receipted(const std::vector<PackageEntry>& packages, std::uint32_t incarnation);

}  // namespace kuangxun::upward
