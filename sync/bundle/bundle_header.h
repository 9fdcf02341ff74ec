#pragma once

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/history/operation.h"

namespace kuangxun::bundle {

constexpr std::uint8_t bundle_version = 1;

// What lies in a file of the courier's stick.
enum class Content {
  requests,  // "KXBU", from a laptop to the county
  answers,   // "KXBA", back again
};

// The beginning of such a file, in the clear: whoever finds a stick knows where it belongs, and nothing more. The same
// bytes are sealed as the file's first record, so that nobody can give it another beginning.
struct BundleHeader {
  Content content = Content::requests;
  Uuid county;
  history::WriterId writer;          // the laptop
  std::uint32_t key_generation = 0;  // first epoch of the county's bundle key that it is sealed to; in answers as asked
  std::int64_t created_at_ms = 0;    // by the clock of who wrote it; nothing depends on it
  Uuid id;                           // of the bundle; answers carry the bundle's
  bool operator==(const BundleHeader&) const = default;
};

constexpr std::size_t bundle_header_bytes = 72;

Bytes encode_header(const BundleHeader& header);
// bad_input when it is no bundle, newer_version when it is a later one.
Result<BundleHeader> decode_header(ByteView bytes);

}  // namespace kuangxun::bundle
