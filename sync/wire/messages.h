#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/operation.h"

// What a laptop and the county say to each other. WIRE.md beside this file describes every byte of it.
namespace kuangxun::wire {

constexpr std::uint8_t wire_version = 0;

enum class MessageType : std::uint8_t {
  enrol = 1,
  status = 2,
  push = 3,
  pull = 4,
  attachment_have = 5,
  attachment_put = 6,
  attachment_get = 7,
};

// Why the county did not do what was asked; the numbers are on the wire.
enum class AnswerCode : std::uint16_t {
  done = 0,
  malformed = 1,            // the bytes are no request
  unsupported_version = 2,  // a request of another version
  wrong_county = 3,         // the request is for another county's database
  unknown_device = 4,       // never enrolled here, or in another epoch
  bad_signature = 5,        // not signed by the key the device enrolled with
  code_refused = 6,         // enrolment code unknown, used or expired
  device_conflict = 7,      // the device is enrolled with another key
  not_allowed = 8,          // the device was revoked
  unavailable = 9,          // the county's store did not do it; try again later
};

// Why a pushed frame, and with it those behind it, was not taken.
enum class PushRefusal : std::uint8_t {
  none = 0,
  malformed = 1,     // no frame, or one that is too large
  wrong_writer = 2,  // another device's frame
  damaged = 3,       // hash or signature do not fit
  gap = 4,           // frames before it are missing
  fork = 5,          // the county has another frame at this place: the laptop's data was copied or restored. Kept.
};

// Why the county keeps operations without showing them.
enum class QuarantineCode : std::uint8_t {
  undecodable = 1,  // the payload is no run of operations
  meaningless = 2,  // the operation contradicts the description of its record
  fork = 3,         // a second frame at the same place of a chain
};

struct EnrolRequest {
  Hash proof;  // that the sender knows the code; see enrolment_code.h
  PublicKey key;
  std::string name;
};
struct EnrolAnswer {
  Uuid county;
  PublicKey county_key;
  std::string name;  // of the device, as the county calls it
  std::string role;
};

// How far the county is with the sender's chain.
struct ChainState {
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  Hash last_frame;  // zero when there is none
  Bytes receipt;    // the newest for this chain; see receipt.h. Empty when there is none
};
struct StatusRequest {};
struct StatusAnswer {
  ChainState chain;
  std::uint64_t latest_sequence = 0;  // of the county
};

// Operations of the sender's chain that are stored but not shown.
struct QuarantinedRange {
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  QuarantineCode code = QuarantineCode::undecodable;
};
struct PushRequest {
  std::vector<Bytes> frames;  // of the sender's chain, in its order
};
struct PushAnswer {
  ChainState chain;
  PushRefusal refusal = PushRefusal::none;
  std::uint64_t refused_sequence = 0;  // the first operation of the refused frame; 0 when it could not be read
  std::vector<QuarantinedRange> quarantined;
};

struct PullRequest {
  std::uint64_t after = 0;
  bool wants_own = false;       // the sender lost frames of its own chain
  std::uint32_t bytes_max = 0;  // of frames together; one frame comes whatever its size
};
// Who wrote frames of an answer; they are checked against this key.
struct WriterNote {
  history::WriterId writer;
  PublicKey key;
  std::string name;
};
struct PullAnswer {
  std::vector<WriterNote> writers;
  std::vector<frames::SequencedFrame> frames;
  std::uint64_t cursor = 0;  // where to go on; moves over frames that the sender wrote itself
  bool has_more = false;
};

// A file by what is in it.
struct AttachmentName {
  Hash hash;
  std::uint64_t size_bytes = 0;
  auto operator<=>(const AttachmentName&) const = default;
  // Chunks of limits::chunk_bytes, the last one shorter.
  std::uint32_t chunk_count() const;
  std::size_t chunk_size_bytes(std::uint32_t index) const;
};
struct AttachmentHaveRequest {
  std::vector<AttachmentName> names;
};
// Which chunks of one attachment are held.
struct ChunkMap {
  bool is_whole = false;  // all chunks are there and the file's hash fits
  Bytes bits;             // bit i % 8 of byte i / 8 says that chunk i is held; empty when whole
  bool has(std::uint32_t index) const;
};
struct AttachmentHaveAnswer {
  std::vector<ChunkMap> maps;  // one for each name asked, in that order
};
struct AttachmentPutRequest {
  AttachmentName name;
  std::uint32_t index = 0;
  Bytes bytes;
};
enum class PutOutcome : std::uint8_t {
  kept = 0,
  whole = 1,         // that was the last one and the file's hash fits
  contradicted = 2,  // that was the last one but the hash does not fit: all chunks were dropped, send again
};
struct AttachmentPutAnswer {
  PutOutcome outcome = PutOutcome::kept;
};
struct AttachmentGetRequest {
  Hash hash;
  std::uint32_t index = 0;
};
struct AttachmentGetAnswer {
  bool is_known = false;  // the county has the whole file
  std::uint64_t size_bytes = 0;
  Bytes bytes;
};

using RequestBody = std::variant<EnrolRequest, StatusRequest, PushRequest, PullRequest, AttachmentHaveRequest,
                                 AttachmentPutRequest, AttachmentGetRequest>;
using AnswerBody = std::variant<EnrolAnswer, StatusAnswer, PushAnswer, PullAnswer, AttachmentHaveAnswer,
                                AttachmentPutAnswer, AttachmentGetAnswer>;

MessageType type_of(const RequestBody& body);

Bytes encode_body(const RequestBody& body);
Bytes encode_body(const AnswerBody& body);
// bad_input unless the bytes are exactly one body of that type.
Result<RequestBody> decode_request_body(MessageType type, ByteView bytes);
Result<AnswerBody> decode_answer_body(MessageType type, ByteView bytes);

}  // namespace kuangxun::wire
