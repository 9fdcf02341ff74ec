#include <doctest/doctest.h>

#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/field_codec.h"
#include "sync/wire/receipt.h"
#include "tests/sync/wire/every_message.h"

// A list that forgets a member would be written and read alike, and both ends would agree on the loss.
using namespace kuangxun;
using namespace kuangxun::wire;

namespace {

struct Anything {
  template <class Member>
  operator Member() const;
};

// How many members an aggregate has: as many as it can be made from, one value each.
template <class Body, class... Given>
constexpr std::size_t member_count() {
  if constexpr (requires { Body{Given{}..., Anything{}}; }) {
    return member_count<Body, Given..., Anything>();
  } else {
    return sizeof...(Given);
  }
}

template <class Body>
constexpr bool lists_all = std::tuple_size_v<decltype(FieldsOf<Body>::list())> == member_count<Body>();

template <class... Bodies>
constexpr bool all_list_all(const std::variant<Bodies...>*) {
  return (lists_all<Bodies> && ...);
}

struct Forgetful {
  std::uint32_t kept = 0;
  std::uint32_t lost = 0;
  static constexpr auto fields() { return std::tuple(field(&Forgetful::kept)); }
};
static_assert(!lists_all<Forgetful>, "a list that forgets a member is seen");

static_assert(all_list_all(static_cast<const RequestBody*>(nullptr)));
static_assert(all_list_all(static_cast<const AnswerBody*>(nullptr)));
static_assert(lists_all<ChainState> && lists_all<SkippedFrame> && lists_all<AttachmentName> && lists_all<ChunkMap> &&
              lists_all<ChainEnd> && lists_all<history::WriterId> && lists_all<frames::SequencedFrame>);
static_assert(lists_all<Receipt> && lists_all<Checkpoint> && lists_all<KeyStatement>);

}  // namespace

TEST_CASE("the fewest bytes of an element are those of its fields") {
  CHECK(bytes_min<history::WriterId>() == 20);
  CHECK(bytes_min<frames::SequencedFrame>() == 12);
  CHECK(bytes_min<AttachmentName>() == 40);
  CHECK(bytes_min<ChunkMap>() == 13);
  CHECK(bytes_min<ChainEnd>() == 40);
  CHECK(bytes_min<Bytes>() == 4);
}

TEST_CASE("a count is taken up to its limit and not beyond, and only when its elements can be there") {
  AttachmentHaveRequest names{std::vector<AttachmentName>(limits::attachment_names_max)};
  CHECK(decode_request_body(MessageType::attachment_have, encode_body(RequestBody(names))).ok());
  names.names.emplace_back();
  CHECK_FALSE(decode_request_body(MessageType::attachment_have, encode_body(RequestBody(names))).ok());
}

TEST_CASE("a flag is 0 or 1, and a choice one that is known") {
  Bytes answer = encode_body(AnswerBody(AttachmentGetAnswer{true, 3, {1, 2, 3}}));
  answer.front() = 2;
  CHECK_FALSE(decode_answer_body(MessageType::attachment_get, answer).ok());
  Bytes outcome = encode_body(AnswerBody(AttachmentPutAnswer{PutOutcome::contradicted, 17}));
  CHECK(decode_answer_body(MessageType::attachment_put, outcome).ok());
  outcome.front() = 3;
  CHECK_FALSE(decode_answer_body(MessageType::attachment_put, outcome).ok());
}

TEST_CASE("a text of a message is clean UTF-8 of a thousand bytes at most") {
  const auto is_taken = [](const std::string& name) {
    const EnrolPersonAnswer answer{{}, name, {}, {}};
    return decode_answer_body(MessageType::enrol_person, encode_body(AnswerBody(answer))).ok();
  };
  CHECK(is_taken("示例"));
  CHECK(is_taken(std::string(limits::short_text_bytes_max, 'a')));
  CHECK_FALSE(is_taken(std::string(limits::short_text_bytes_max + 1, 'a')));
  CHECK_FALSE(is_taken("\xff"));
}

TEST_CASE("a file that is larger than any and a beginning that is larger than its chunk are refused") {
  const AttachmentHaveRequest large{{{some_hash(1), limits::attachment_bytes_max + 1}}};
  CHECK_FALSE(decode_request_body(MessageType::attachment_have, encode_body(RequestBody(large))).ok());
  const AttachmentHaveAnswer held{{{false, {}, 0, static_cast<std::uint32_t>(limits::chunk_bytes) + 1}}};
  CHECK_FALSE(decode_answer_body(MessageType::attachment_have, encode_body(AnswerBody(held))).ok());
}
