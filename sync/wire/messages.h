#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/operation.h"
#include "sync/wire/fields.h"

// What a laptop and the county say to each other. WIRE.md beside this file describes every byte of it. fields() of a
// message names its bytes in their order and is all that reading and writing know of it.
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
  static constexpr auto fields() {
    return std::tuple(field(&EnrolRequest::proof), field(&EnrolRequest::key), field(&EnrolRequest::tls_key),
                      field(&EnrolRequest::name));
  }
};
struct EnrolAnswer {
  Uuid county;
  std::vector<Bytes> keys;  // all statements, see county_keys.h
  std::string name;         // of the device, as the county calls it
  std::string role;
  Bytes certificate;           // DER
  std::vector<Bytes> trusted;  // the county's CA certificates, DER, the newest last
  static constexpr auto fields() {
    return std::tuple(field(&EnrolAnswer::county),
                      list(&EnrolAnswer::keys, limits::county_keys_max, limits::statement_bytes_max),
                      field(&EnrolAnswer::name), field(&EnrolAnswer::role),
                      counted(&EnrolAnswer::certificate, limits::certificate_bytes_max),
                      list(&EnrolAnswer::trusted, limits::county_keys_max, limits::certificate_bytes_max));
  }
};

// How far the county is with a chain.
struct ChainState {
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  Hash last_frame;  // zero when there is none
  Bytes receipt;    // the newest for this chain; see receipt.h. Empty when there is none, or the asker has it
  static constexpr auto fields() {
    return std::tuple(field(&ChainState::stored_through), field(&ChainState::applied_through),
                      field(&ChainState::last_frame), counted(&ChainState::receipt, limits::receipt_bytes_max));
  }
};
// What the asker saw of the county last, so that nothing it has is sent again.
struct StatusRequest {
  std::uint32_t incarnation = 0;
  std::uint64_t size = 0;  // of the county's sequence
  Hash root;               // of the Merkle tree over it; of the empty tree when size is 0
  std::uint64_t receipt_through = 0;
  static constexpr auto fields() {
    return std::tuple(field(&StatusRequest::incarnation), field(&StatusRequest::size), field(&StatusRequest::root),
                      field(&StatusRequest::receipt_through));
  }
};
struct StatusAnswer {
  ChainState chain;
  std::uint64_t latest_sequence = 0;  // of the county
  std::uint32_t incarnation = 0;
  std::uint32_t key_count = 0;  // statements of county_keys.h
  Bytes checkpoint;             // see checkpoint.h; empty when the asker's is the newest
  static constexpr auto fields() {
    return std::tuple(field(&StatusAnswer::chain), field(&StatusAnswer::latest_sequence),
                      field(&StatusAnswer::incarnation), field(&StatusAnswer::key_count),
                      counted(&StatusAnswer::checkpoint, limits::receipt_bytes_max));
  }
};

struct PushRequest {
  history::WriterId writer;   // the sender, or whose frames it carries home
  std::vector<Bytes> frames;  // of that chain, in its order
  static constexpr auto fields() {
    return std::tuple(field(&PushRequest::writer),
                      list(&PushRequest::frames, limits::push_frames_max, limits::frame_bytes_max));
  }
};
struct PushAnswer {
  ChainState chain;
  PushRefusal refusal = PushRefusal::none;
  std::uint64_t refused_sequence = 0;  // the first operation of the refused frame; 0 when it could not be read
  static constexpr auto fields() {
    return std::tuple(field(&PushAnswer::chain), choice(&PushAnswer::refusal, PushRefusal::newer_version),
                      field(&PushAnswer::refused_sequence));
  }
};

struct PullRequest {
  std::uint32_t incarnation = 0;
  std::uint64_t after = 0;
  std::uint32_t bytes_max = 0;  // of frames together; one frame comes whatever its size
  static constexpr auto fields() {
    return std::tuple(field(&PullRequest::incarnation), field(&PullRequest::after), field(&PullRequest::bytes_max));
  }
};
// A frame of the asker's own, which it has: only its leaf of the Merkle tree.
struct SkippedFrame {
  std::uint64_t county_sequence = 0;
  Hash hash;
  static constexpr auto fields() {
    return std::tuple(field(&SkippedFrame::county_sequence), field(&SkippedFrame::hash));
  }
};
struct PullAnswer {
  std::vector<frames::SequencedFrame> frames;
  std::vector<SkippedFrame> skipped;  // together with `frames`: every number from `after` + 1 to `cursor`
  std::uint64_t cursor = 0;           // where to go on
  bool has_more = false;
  Bytes checkpoint;  // of a tree of `cursor` leaves, when there is no more
  static constexpr auto fields() {
    return std::tuple(field(&PullAnswer::cursor), field(&PullAnswer::has_more),
                      counted(&PullAnswer::checkpoint, limits::receipt_bytes_max),
                      list(&PullAnswer::skipped, limits::skipped_frames_max),
                      list(&PullAnswer::frames, limits::pull_frames_max));
  }
};

// A file by what is in it.
struct AttachmentName {
  Hash hash;
  std::uint64_t size_bytes = 0;
  auto operator<=>(const AttachmentName&) const = default;
  // Chunks of limits::chunk_bytes, the last one shorter.
  std::uint32_t chunk_count() const;
  std::size_t chunk_size_bytes(std::uint32_t index) const;
  bool is_sound() const;
  static constexpr auto fields() {
    return std::tuple(field(&AttachmentName::hash), field(&AttachmentName::size_bytes));
  }
};
struct AttachmentHaveRequest {
  std::vector<AttachmentName> names;
  static constexpr auto fields() {
    return std::tuple(list(&AttachmentHaveRequest::names, limits::attachment_names_max));
  }
};
// Which chunks of one attachment are held.
struct ChunkMap {
  bool is_whole = false;            // all chunks are there and the file's hash fits
  Bytes bits;                       // bit i % 8 of byte i / 8 says that chunk i is held; empty when whole
  std::uint32_t partial_index = 0;  // of the chunk of which only a beginning is held
  std::uint32_t partial_bytes = 0;  // and how much; 0 for none
  bool has(std::uint32_t index) const;
  bool is_sound() const;
  static constexpr auto fields() {
    return std::tuple(field(&ChunkMap::is_whole),
                      counted(&ChunkMap::bits, limits::attachment_bytes_max / limits::chunk_bytes / 8 + 1),
                      field(&ChunkMap::partial_index), field(&ChunkMap::partial_bytes));
  }
};
struct AttachmentHaveAnswer {
  std::vector<ChunkMap> maps;  // one for each name asked, in that order
  static constexpr auto fields() { return std::tuple(list(&AttachmentHaveAnswer::maps, limits::attachment_names_max)); }
};
// Bytes of one chunk from `offset` on. They are kept as far as they came, also when the link breaks in the middle.
struct AttachmentPutRequest {
  AttachmentName name;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
  Bytes bytes;
  bool is_sound() const;  // the bytes lie inside the chunk, and there are some
  static constexpr auto fields() {
    return std::tuple(field(&AttachmentPutRequest::name), field(&AttachmentPutRequest::index),
                      field(&AttachmentPutRequest::offset), counted(&AttachmentPutRequest::bytes, limits::chunk_bytes));
  }
};
enum class PutOutcome : std::uint8_t {
  kept = 0,
  whole = 1,         // that was the last one and the file's hash fits
  contradicted = 2,  // that was the last one but the hash does not fit: all chunks were dropped, send again
};
struct AttachmentPutAnswer {
  PutOutcome outcome = PutOutcome::kept;
  std::uint32_t held_bytes = 0;  // of this chunk, from its beginning
  static constexpr auto fields() {
    return std::tuple(choice(&AttachmentPutAnswer::outcome, PutOutcome::contradicted),
                      field(&AttachmentPutAnswer::held_bytes));
  }
};
struct AttachmentGetRequest {
  Hash hash;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
  std::uint32_t bytes_max = 0;
  static constexpr auto fields() {
    return std::tuple(field(&AttachmentGetRequest::hash), field(&AttachmentGetRequest::index),
                      field(&AttachmentGetRequest::offset), field(&AttachmentGetRequest::bytes_max));
  }
};
struct AttachmentGetAnswer {
  bool is_known = false;  // the county has the whole file
  std::uint64_t size_bytes = 0;
  Bytes bytes;
  static constexpr auto fields() {
    return std::tuple(field(&AttachmentGetAnswer::is_known), field(&AttachmentGetAnswer::size_bytes),
                      counted(&AttachmentGetAnswer::bytes, limits::chunk_bytes));
  }
};

// What does the county hold of these chains? Asked after the county was restored.
struct ChainsRequest {
  std::vector<history::WriterId> writers;
  static constexpr auto fields() { return std::tuple(list(&ChainsRequest::writers, limits::chains_max)); }
};
struct ChainEnd {
  std::uint64_t stored_through = 0;
  Hash last_frame;
  static constexpr auto fields() { return std::tuple(field(&ChainEnd::stored_through), field(&ChainEnd::last_frame)); }
};
struct ChainsAnswer {
  std::vector<ChainEnd> ends;  // one for each writer asked, in that order
  static constexpr auto fields() { return std::tuple(list(&ChainsAnswer::ends, limits::chains_max)); }
};
// Frames of one chain, for a laptop that lost its own.
struct ChainFramesRequest {
  history::WriterId writer;
  std::uint64_t after = 0;  // operation of that chain
  std::uint32_t bytes_max = 0;
  static constexpr auto fields() {
    return std::tuple(field(&ChainFramesRequest::writer), field(&ChainFramesRequest::after),
                      field(&ChainFramesRequest::bytes_max));
  }
};
struct ChainFramesAnswer {
  std::vector<frames::SequencedFrame> frames;
  bool has_more = false;
  static constexpr auto fields() {
    return std::tuple(field(&ChainFramesAnswer::has_more), list(&ChainFramesAnswer::frames, limits::pull_frames_max));
  }
};
// "You have signed more than you have now": the county begins a new incarnation when its own signature says so.
struct ClaimRequest {
  Bytes checkpoint;
  static constexpr auto fields() { return std::tuple(counted(&ClaimRequest::checkpoint, limits::receipt_bytes_max)); }
};
struct ClaimAnswer {
  std::uint32_t incarnation = 0;
  static constexpr auto fields() { return std::tuple(field(&ClaimAnswer::incarnation)); }
};
// A laptop goes on in another epoch, with another key: its data were copied or its key was lost.
struct NewEpochRequest {
  std::uint32_t epoch = 0;
  PublicKey key;
  Signature proof;  // by the new key, over frames::new_epoch_statement
  static constexpr auto fields() {
    return std::tuple(field(&NewEpochRequest::epoch), field(&NewEpochRequest::key), field(&NewEpochRequest::proof));
  }
};
struct NewEpochAnswer {
  static constexpr auto fields() { return std::tuple(); }
};
struct KeysRequest {
  static constexpr auto fields() { return std::tuple(); }
};
struct KeysAnswer {
  std::vector<Bytes> keys;
  std::vector<Bytes> trusted;
  static constexpr auto fields() {
    return std::tuple(list(&KeysAnswer::keys, limits::county_keys_max, limits::statement_bytes_max),
                      list(&KeysAnswer::trusted, limits::county_keys_max, limits::certificate_bytes_max));
  }
};
struct RenewCertificateRequest {
  PublicKey tls_key;
  static constexpr auto fields() { return std::tuple(field(&RenewCertificateRequest::tls_key)); }
};
struct RenewCertificateAnswer {
  Bytes certificate;
  static constexpr auto fields() {
    return std::tuple(counted(&RenewCertificateAnswer::certificate, limits::certificate_bytes_max));
  }
};
struct EnrolPersonRequest {
  Hash proof;  // as in EnrolRequest, over the person's key
  PublicKey key;
  Signature signature;  // by that key over the proof: whoever asks holds it
  static constexpr auto fields() {
    return std::tuple(field(&EnrolPersonRequest::proof), field(&EnrolPersonRequest::key),
                      field(&EnrolPersonRequest::signature));
  }
};
struct EnrolPersonAnswer {
  Uuid person;
  std::string name;
  std::string certificate_number;
  std::string role;
  static constexpr auto fields() {
    return std::tuple(field(&EnrolPersonAnswer::person), field(&EnrolPersonAnswer::name),
                      field(&EnrolPersonAnswer::certificate_number), field(&EnrolPersonAnswer::role));
  }
};

// What is asked and what is answered, one line a message, in the order of MessageType's numbers.
template <class Request, class Answer>
struct Message {};
template <class... Messages>
struct MessageList;
template <class... Requests, class... Answers>
struct MessageList<Message<Requests, Answers>...> {
  using AnyRequest = std::variant<Requests...>;
  using AnyAnswer = std::variant<Answers...>;
};
// clang-format off
using EveryMessage = MessageList<
    Message<EnrolRequest, EnrolAnswer>,
    Message<StatusRequest, StatusAnswer>,
    Message<PushRequest, PushAnswer>,
    Message<PullRequest, PullAnswer>,
    Message<AttachmentHaveRequest, AttachmentHaveAnswer>,
    Message<AttachmentPutRequest, AttachmentPutAnswer>,
    Message<AttachmentGetRequest, AttachmentGetAnswer>,
    Message<ChainsRequest, ChainsAnswer>,
    Message<ChainFramesRequest, ChainFramesAnswer>,
    Message<ClaimRequest, ClaimAnswer>,
    Message<NewEpochRequest, NewEpochAnswer>,
    Message<KeysRequest, KeysAnswer>,
    Message<RenewCertificateRequest, RenewCertificateAnswer>,
    Message<EnrolPersonRequest, EnrolPersonAnswer>>;
// clang-format on
using RequestBody = EveryMessage::AnyRequest;
using AnswerBody = EveryMessage::AnyAnswer;
constexpr std::size_t message_types = std::variant_size_v<RequestBody>;
static_assert(message_types == static_cast<std::size_t>(MessageType::enrol_person), "a number for every message");

MessageType type_of(const RequestBody& body);

Bytes encode_body(const RequestBody& body);
Bytes encode_body(const AnswerBody& body);
// bad_input unless the bytes are exactly one body of that type.
Result<RequestBody> decode_request_body(MessageType type, ByteView bytes);
Result<AnswerBody> decode_answer_body(MessageType type, ByteView bytes);

}  // namespace kuangxun::wire
