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

constexpr std::uint8_t wire_version = 1;

enum class MessageType : std::uint8_t {
  enrol = 1,
  status = 2,
  push = 3,
  pull = 4,
  attachment_have = 5,
  attachment_put = 6,
  attachment_get = 7,
  chains = 8,
  chain_frames = 9,
  claim = 10,
  new_epoch = 11,
  keys = 12,
  renew_certificate = 13,
  enrol_person = 14,
};

// Why the county did not do what was asked; the numbers are on the wire.
enum class AnswerCode : std::uint16_t {
  done = 0,
  malformed = 1,             // the bytes are no request
  unsupported_version = 2,   // a request of another version
  wrong_county = 3,          // the request is for another county's database
  unknown_device = 4,        // never enrolled here, or in another epoch
  bad_signature = 5,         // not signed by the key the device enrolled with
  code_refused = 6,          // enrolment code unknown, used or expired
  device_conflict = 7,       // the device is enrolled with another key
  not_allowed = 8,           // the device was revoked
  unavailable = 9,           // the county's store did not do it; try again later
  other_incarnation = 10,    // the county was restored meanwhile: ask for the status again
  certificate_expired = 11,  // only renew_certificate is answered
  too_fast = 12,             // more than this device's share; the HTTP header says how long to wait
  no_space = 13,             // the county's disk is nearly full; the laptop keeps everything
};

// Why a pushed frame, and with it those behind it, was not taken.
enum class PushRefusal : std::uint8_t {
  none = 0,
  malformed = 1,      // no frame, or one that is too large
  wrong_writer = 2,   // another device's frame
  damaged = 3,        // hash or signature do not fit
  gap = 4,            // frames before it are missing
  fork = 5,           // the county has another frame at this place: the laptop's data was copied or restored. Kept.
  newer_version = 6,  // a frame of a later format than the county's program knows
};

struct EnrolRequest {
  Hash proof;  // that the sender knows the code; see enrolment_code.h
  PublicKey key;
  PublicKey tls_key;  // Ed25519, of the certificate that is asked for
  std::string name;
};
struct EnrolAnswer {
  Uuid county;
  std::vector<Bytes> keys;  // all statements, see county_keys.h
  std::string name;         // of the device, as the county calls it
  std::string role;
  Bytes certificate;           // DER
  std::vector<Bytes> trusted;  // the county's CA certificates, DER, the newest last
};

// How far the county is with a chain.
struct ChainState {
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  Hash last_frame;  // zero when there is none
  Bytes receipt;    // the newest for this chain; see receipt.h. Empty when there is none, or the asker has it
};
// What the asker saw of the county last, so that nothing it has is sent again.
struct StatusRequest {
  std::uint32_t incarnation = 0;
  std::uint64_t size = 0;  // of the county's sequence
  Hash root;               // of the Merkle tree over it; of the empty tree when size is 0
  std::uint64_t receipt_through = 0;
};
struct StatusAnswer {
  ChainState chain;
  std::uint64_t latest_sequence = 0;  // of the county
  std::uint32_t incarnation = 0;
  std::uint32_t key_count = 0;  // statements of county_keys.h
  Bytes checkpoint;             // see checkpoint.h; empty when the asker's is the newest
};

struct PushRequest {
  history::WriterId writer;   // the sender, or whose frames it carries home
  std::vector<Bytes> frames;  // of that chain, in its order
};
struct PushAnswer {
  ChainState chain;
  PushRefusal refusal = PushRefusal::none;
  std::uint64_t refused_sequence = 0;  // the first operation of the refused frame; 0 when it could not be read
};

struct PullRequest {
  std::uint32_t incarnation = 0;
  std::uint64_t after = 0;
  std::uint32_t bytes_max = 0;  // of frames together; one frame comes whatever its size
};
// A frame of the asker's own, which it has: only its leaf of the Merkle tree.
struct SkippedFrame {
  std::uint64_t county_sequence = 0;
  Hash hash;
};
struct PullAnswer {
  std::vector<frames::SequencedFrame> frames;
  std::vector<SkippedFrame> skipped;  // together with `frames`: every number from `after` + 1 to `cursor`
  std::uint64_t cursor = 0;           // where to go on
  bool has_more = false;
  Bytes checkpoint;  // of a tree of `cursor` leaves, when there is no more
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
  bool is_whole = false;            // all chunks are there and the file's hash fits
  Bytes bits;                       // bit i % 8 of byte i / 8 says that chunk i is held; empty when whole
  std::uint32_t partial_index = 0;  // of the chunk of which only a beginning is held
  std::uint32_t partial_bytes = 0;  // and how much; 0 for none
  bool has(std::uint32_t index) const;
};
struct AttachmentHaveAnswer {
  std::vector<ChunkMap> maps;  // one for each name asked, in that order
};
// Bytes of one chunk from `offset` on. They are kept as far as they came, also when the link breaks in the middle.
struct AttachmentPutRequest {
  AttachmentName name;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
  Bytes bytes;
};
enum class PutOutcome : std::uint8_t {
  kept = 0,
  whole = 1,         // that was the last one and the file's hash fits
  contradicted = 2,  // that was the last one but the hash does not fit: all chunks were dropped, send again
};
struct AttachmentPutAnswer {
  PutOutcome outcome = PutOutcome::kept;
  std::uint32_t held_bytes = 0;  // of this chunk, from its beginning
};
struct AttachmentGetRequest {
  Hash hash;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
  std::uint32_t bytes_max = 0;
};
struct AttachmentGetAnswer {
  bool is_known = false;  // the county has the whole file
  std::uint64_t size_bytes = 0;
  Bytes bytes;
};

// What does the county hold of these chains? Asked after the county was restored.
struct ChainsRequest {
  std::vector<history::WriterId> writers;
};
struct ChainEnd {
  std::uint64_t stored_through = 0;
  Hash last_frame;
};
struct ChainsAnswer {
  std::vector<ChainEnd> ends;  // one for each writer asked, in that order
};
// Frames of one chain, for a laptop that lost its own.
struct ChainFramesRequest {
  history::WriterId writer;
  std::uint64_t after = 0;  // operation of that chain
  std::uint32_t bytes_max = 0;
};
struct ChainFramesAnswer {
  std::vector<frames::SequencedFrame> frames;
  bool has_more = false;
};
// "You have signed more than you have now": the county begins a new incarnation when its own signature says so.
struct ClaimRequest {
  Bytes checkpoint;
};
struct ClaimAnswer {
  std::uint32_t incarnation = 0;
};
// A laptop goes on in another epoch, with another key: its data were copied or its key was lost.
struct NewEpochRequest {
  std::uint32_t epoch = 0;
  PublicKey key;
  Signature proof;  // by the new key, over frames::new_epoch_statement
};
struct NewEpochAnswer {};
struct KeysRequest {};
struct KeysAnswer {
  std::vector<Bytes> keys;
  std::vector<Bytes> trusted;
};
struct RenewCertificateRequest {
  PublicKey tls_key;
};
struct RenewCertificateAnswer {
  Bytes certificate;
};
struct EnrolPersonRequest {
  Hash proof;  // as in EnrolRequest, over the person's key
  PublicKey key;
  Signature signature;  // by that key over the proof: whoever asks holds it
};
struct EnrolPersonAnswer {
  Uuid person;
  std::string name;
  std::string certificate_number;
  std::string role;
};

using RequestBody =
    std::variant<EnrolRequest, StatusRequest, PushRequest, PullRequest, AttachmentHaveRequest, AttachmentPutRequest,
                 AttachmentGetRequest, ChainsRequest, ChainFramesRequest, ClaimRequest, NewEpochRequest, KeysRequest,
                 RenewCertificateRequest, EnrolPersonRequest>;
using AnswerBody = std::variant<EnrolAnswer, StatusAnswer, PushAnswer, PullAnswer, AttachmentHaveAnswer,
                                AttachmentPutAnswer, AttachmentGetAnswer, ChainsAnswer, ChainFramesAnswer, ClaimAnswer,
                                NewEpochAnswer, KeysAnswer, RenewCertificateAnswer, EnrolPersonAnswer>;

MessageType type_of(const RequestBody& body);

Bytes encode_body(const RequestBody& body);
Bytes encode_body(const AnswerBody& body);
// bad_input unless the bytes are exactly one body of that type.
Result<RequestBody> decode_request_body(MessageType type, ByteView bytes);
Result<AnswerBody> decode_answer_body(MessageType type, ByteView bytes);

}  // namespace kuangxun::wire
