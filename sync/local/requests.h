#pragma once

#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "db/frames/frame_store.h"
#include "db/history/record_store.h"
#include "sync/wire/fields.h"

// What a second program on this machine asks of the one that holds the store: each thing that writes, as one message.
// Both are usually the same program file; the version says when they are not.
namespace kuangxun::local {

// Moves on with every change of a message below. There is nothing to be compatible with: the other side runs on the
// same machine, and is told to close when its version is another.
constexpr std::uint32_t protocol_version = 1;
// A table of an office is committed as a whole; 50,000 rows with their words take some 20 MB.
constexpr std::size_t message_bytes_max = 64 << 20;
constexpr std::uint32_t edits_max = 1'000'000;
constexpr std::uint32_t elements_max = 100'000;

// The first on every connection.
struct Hello {
  std::uint32_t version = protocol_version;
  std::string language;  // by its code: what is refused is said in it
  static constexpr auto fields() { return std::tuple(wire::field(&Hello::version), wire::field(&Hello::language)); }
};
// From now on this connection signs with a person's key; a nil person: with none. The key travels no farther than this
// socket, which only the same user can open.
struct ActAs {
  Uuid person;
  Bytes seed;
  static constexpr auto fields() { return std::tuple(wire::field(&ActAs::person), wire::counted(&ActAs::seed, 32)); }
};
struct EditBody {
  Uuid record;
  records::KindNumber kind = 0;
  records::GroupNumber group = 0;
  Bytes values;  // frames::encode_content of an operation with these values
  Bytes seen;    // operation ids, each after the other
  static constexpr auto fields() {
    return std::tuple(wire::field(&EditBody::record), wire::field(&EditBody::kind), wire::field(&EditBody::group),
                      wire::counted(&EditBody::values, limits::frame_bytes_max),
                      wire::counted(&EditBody::seen, limits::frame_bytes_max));
  }
};
struct Commit {
  Uuid person;
  std::vector<EditBody> edits;
  static constexpr auto fields() {
    return std::tuple(wire::field(&Commit::person), wire::list(&Commit::edits, edits_max));
  }
};
struct KeepPending {
  Uuid person;
  std::int64_t since_ms = 0;
  EditBody edit;
  static constexpr auto fields() {
    return std::tuple(wire::field(&KeepPending::person), wire::field(&KeepPending::since_ms),
                      wire::field(&KeepPending::edit));
  }
};
struct PromoteAll {
  static constexpr auto fields() { return std::tuple(); }
};
struct PromoteOne {
  Uuid record;
  records::GroupNumber group = 0;
  static constexpr auto fields() {
    return std::tuple(wire::field(&PromoteOne::record), wire::field(&PromoteOne::group));
  }
};
struct SetSetting {
  Bytes name;
  Bytes value;
  static constexpr auto fields() {
    return std::tuple(wire::counted(&SetSetting::name, limits::short_text_bytes_max),
                      wire::counted(&SetSetting::value, limits::frame_bytes_max));
  }
};
struct Seal {
  static constexpr auto fields() { return std::tuple(); }
};
struct NoteProgress {
  history::WriterId writer;
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  Bytes receipt;
  static constexpr auto fields() {
    return std::tuple(wire::field(&NoteProgress::writer), wire::field(&NoteProgress::stored_through),
                      wire::field(&NoteProgress::applied_through),
                      wire::counted(&NoteProgress::receipt, limits::frame_bytes_max));
  }
};
struct NoteCounty {
  Uuid county;
  std::vector<frames::CountySigner> signers;
  static constexpr auto fields() {
    return std::tuple(wire::field(&NoteCounty::county), wire::list(&NoteCounty::signers, elements_max));
  }
};
// What is noted of the county's checkpoints.
struct NoteSealed {
  enum class What : std::uint8_t { checkpoint, promise, contradiction };
  What what = What::checkpoint;
  Bytes sealed;
  Hash own_root;  // of a contradiction
  static constexpr auto fields() {
    return std::tuple(wire::choice(&NoteSealed::what, What::contradiction),
                      wire::counted(&NoteSealed::sealed, limits::frame_bytes_max), wire::field(&NoteSealed::own_root));
  }
};
struct StartOver {
  std::uint32_t incarnation = 0;
  static constexpr auto fields() { return std::tuple(wire::field(&StartOver::incarnation)); }
};
struct Apply {
  std::vector<frames::SequencedFrame> frames;
  bool is_page = false;  // the place moves to the mark
  std::uint32_t incarnation = 0;
  Bytes frontier;
  static constexpr auto fields() {
    return std::tuple(wire::list(&Apply::frames, elements_max), wire::field(&Apply::is_page),
                      wire::field(&Apply::incarnation), wire::counted(&Apply::frontier, limits::frame_bytes_max));
  }
};
struct ShowPulled {
  static constexpr auto fields() { return std::tuple(); }
};
struct PrepareEpoch {
  std::uint32_t not_before = 0;
  static constexpr auto fields() { return std::tuple(wire::field(&PrepareEpoch::not_before)); }
};
struct EnterEpoch {
  frames::NextEpoch next;
  std::uint64_t first_lost = 0;
  static constexpr auto fields() {
    return std::tuple(wire::field(&EnterEpoch::next), wire::field(&EnterEpoch::first_lost));
  }
};
// The laptop's key, to sign a session's requests with: its file lies beside the socket, under the same mode.
struct DeviceKey {
  static constexpr auto fields() { return std::tuple(); }
};
struct Rebuild {
  static constexpr auto fields() { return std::tuple(); }
};

using Request =
    std::variant<Hello, ActAs, Commit, KeepPending, PromoteAll, PromoteOne, SetSetting, Seal, NoteProgress, NoteCounty,
                 NoteSealed, StartOver, Apply, ShowPulled, PrepareEpoch, EnterEpoch, DeviceKey, Rebuild>;

// What came of it: nothing, a few numbers, an epoch, a key; or why not.
struct Answer {
  std::uint8_t code = 0;  // 0: done; else 1 + the ErrorCode
  Bytes message;
  frames::ApplyCounts counts;
  frames::NextEpoch next;
  Bytes key_seed;  // empty: there is none
  static constexpr auto fields() {
    return std::tuple(wire::field(&Answer::code), wire::counted(&Answer::message, limits::frame_bytes_max),
                      wire::field(&Answer::counts), wire::field(&Answer::next), wire::counted(&Answer::key_seed, 32));
  }
};

Bytes encode(const Request& request);
Bytes encode(const Answer& answer);
// bad_input for anything that is not exactly one message.
Result<Request> decode_request(ByteView bytes);
Result<Answer> decode_answer(ByteView bytes);

EditBody body_of(const history::Edit& edit);
Result<history::Edit> edit_of(const EditBody& body);

}  // namespace kuangxun::local

namespace kuangxun::wire {

template <>
struct FieldsOf<frames::CountySigner> {
  static constexpr auto list() {
    return std::tuple(field(&frames::CountySigner::first_epoch), field(&frames::CountySigner::key));
  }
};
template <>
struct FieldsOf<frames::NextEpoch> {
  static constexpr auto list() {
    return std::tuple(field(&frames::NextEpoch::epoch), field(&frames::NextEpoch::key),
                      field(&frames::NextEpoch::proof));
  }
};
template <>
struct FieldsOf<frames::ApplyCounts> {
  static constexpr auto list() {
    return std::tuple(field(&frames::ApplyCounts::frames), field(&frames::ApplyCounts::operations),
                      field(&frames::ApplyCounts::duplicates), field(&frames::ApplyCounts::quarantined));
  }
};

}  // namespace kuangxun::wire
