#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/history/operation.h"

// A frame is a run of one writer's operations, sealed: hashed, chained to the frame before it and signed with the
// device's key. FORMAT.md beside this file describes every byte. Signed bytes are kept and passed on verbatim, for
// ever.
namespace kuangxun::frames {

constexpr std::uint8_t format_version = 1;

enum class Suite : std::uint8_t {
  pinned = 0,   // unsigned; accepted only when its hash is one this program was built with (the county's registers)
  ed25519 = 1,  // Ed25519 over the header, SHA-256
};

// How the payload travels.
enum class Codec : std::uint8_t { raw = 0, zstd = 1 };

struct FrameHeader {
  Suite suite = Suite::ed25519;
  Codec codec = Codec::raw;
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint32_t count = 0;
  std::uint32_t payload_bytes = 0;      // as it travels
  std::uint32_t raw_payload_bytes = 0;  // decompressed
  Hash previous;                        // hash of the writer's previous frame; zero for the first
  Hash payload;                         // SHA-256 of the payload as it travels
  Hash county_receipt;                  // hash of the newest county receipt the device held; zero for none
  std::uint64_t last_sequence() const { return first_sequence + count - 1; }
};

// A frame that was taken apart, not yet believed: lengths and magic are right, nothing else was checked.
struct Frame {
  FrameHeader header;
  Signature signature;
  Bytes bytes;  // the whole frame, verbatim
  ByteView payload() const;
  // What the signature covers.
  ByteView signed_part() const;
  // Names the frame: SHA-256 of the signed part and the signature.
  Hash hash() const;
};

// Reads the fixed header by hand; every length is checked, nothing is allocated before it is. bad_input otherwise.
Result<Frame> parse_frame(Bytes bytes);

// The hash that names a frame, also one of a later version whose inside is not understood. Zero when there are fewer
// bytes than a header has.
Hash frame_hash(ByteView bytes);

// The cheap proofs, in order: payload hash, then signature (suite ed25519: by `key`; pinned: hash equals
// pinned_hash()). refused when one fails. Whether the frame continues its chain is the caller's to check, which knows
// the chain.
Status verify_frame(const Frame& frame, const PublicKey& key);

// Decompresses into a capped buffer and reads the operations through the bounded archive. Only after verify_frame.
// bad_input when the payload is not exactly `count` operations of this writer.
Result<std::vector<history::Operation>> decode_operations(const Frame& frame);

// `operations` are consecutive operations of one writer, at most limits::frame_operations_max.
Frame seal_frame(std::span<const history::Operation> operations, const Hash& previous, const Hash& county_receipt,
                 const SigningKey& key);
// The unsigned, uncompressed frame of the registers; the same bytes on every machine.
Frame seal_pinned_frame(std::span<const history::Operation> operations);

// Who "writes" pinned frames; no device ever has this id.
const history::WriterId& pinned_writer();
// The hash of the one pinned frame this program accepts: the registers of the plan of 2021-2025.
Hash pinned_hash();

}  // namespace kuangxun::frames
