#include "tests/fuzz/wire_examples.h"

#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/fuzz/examples.h"

namespace kuangxun::fuzz {
namespace {

constexpr std::int64_t example_time_ms = 1'777'593'600'000;

Hash some_hash(std::uint8_t number) {
  return sha256(Bytes{number});
}

PublicKey some_key(std::uint8_t number) {
  return std::move(SigningKey::from_seed(Bytes(32, number))).value().public_key();
}

Signature some_signature() {
  return example_key().sign(Bytes{1});
}

wire::ChainState some_chain() {
  return {40, 38, some_hash(3), example_receipt()};
}

std::vector<frames::SequencedFrame> some_frames() {
  std::vector<frames::SequencedFrame> frames;
  for (const Bytes& bytes : example_frames()) {
    if (bytes.size() < 500) frames.push_back({frames.size() + 7, bytes});
  }
  return frames;
}

NamedBytes request(const std::string& name, const wire::RequestBody& body) {
  return {name, wire::seal_request({example_county().county, example_writer(), example_time_ms}, body, example_key())};
}

NamedBytes answer(const std::string& name, const wire::RequestBody& to, const wire::AnswerBody& body) {
  const wire::AnswerHeader header{wire::AnswerCode::done, some_hash(9), example_time_ms, 1};
  return {name, wire::seal_answer(wire::type_of(to), header, body, example_key())};
}

}  // namespace

const frames::KnownCounty& example_county() {
  static const frames::KnownCounty county = [] {
    Uuid id;
    id.bytes.fill(0x77);
    return frames::KnownCounty{id, {{1, example_key().public_key()}}};
  }();
  return county;
}

Bytes example_receipt() {
  return wire::seal_receipt({example_county().county, example_writer(), 40, 12, some_hash(1), example_time_ms, 1},
                            example_key());
}

Bytes example_checkpoint() {
  return wire::seal_checkpoint({example_county().county, 2, 12, some_hash(2), example_time_ms, 1}, example_key());
}

std::vector<Bytes> example_key_statements() {
  const SigningKey second = std::move(SigningKey::from_seed(Bytes(32, 2))).value();
  wire::KeyStatement statement{
      example_county().county, 1, example_key().public_key(), some_key(8), some_hash(4), {}, false, example_time_ms};
  std::vector<Bytes> statements = {wire::seal_key_statement(statement, example_key(), nullptr)};
  statement.first_epoch = 2;
  statement.key = second.public_key();
  statement.previous = sha256(statements.back());
  statements.push_back(wire::seal_key_statement(statement, second, &example_key()));
  return statements;
}

std::vector<NamedBytes> example_requests() {
  const wire::AttachmentName small{some_hash(5), 12};
  const wire::AttachmentName large{some_hash(6), 600'000};
  std::vector<Bytes> pushed;
  for (const auto& frame : some_frames()) pushed.push_back(frame.bytes);
  return {
      request("enrol", wire::EnrolRequest{some_hash(1), some_key(3), some_key(4), "示例笔记本"}),
      request("status", wire::StatusRequest{2, 12, some_hash(2), 40}),
      request("push", wire::PushRequest{example_writer(), pushed}),
      request("push-nothing", wire::PushRequest{example_writer(), {}}),
      request("pull", wire::PullRequest{2, 12, 1 << 20}),
      request("attachment-have", wire::AttachmentHaveRequest{{small, large}}),
      request("attachment-put", wire::AttachmentPutRequest{small, 0, 4, Bytes(8, 0x33)}),
      request("attachment-get", wire::AttachmentGetRequest{some_hash(6), 2, 100, 65'536}),
      request("chains", wire::ChainsRequest{{{example_county().county, 1}, example_writer()}}),
      request("chain-frames", wire::ChainFramesRequest{example_writer(), 3, 65'536}),
      request("claim", wire::ClaimRequest{example_checkpoint()}),
      request("new-epoch", wire::NewEpochRequest{2, some_key(3), some_signature()}),
      request("keys", wire::KeysRequest{}),
      request("renew-certificate", wire::RenewCertificateRequest{some_key(4)}),
      request("enrol-person", wire::EnrolPersonRequest{some_hash(1), some_key(5), some_signature()}),
  };
}

std::vector<NamedBytes> example_answers() {
  const Bytes certificate(40, 0x30);
  const wire::ChunkMap partial{false, {0x05}, 1, 777};
  const wire::AnswerHeader refused{wire::AnswerCode::too_fast, some_hash(9), example_time_ms, 1};
  return {
      answer(
          "enrol", wire::EnrolRequest{},
          wire::EnrolAnswer{
              example_county().county, example_key_statements(), "示例笔记本", "officer", certificate, {certificate}}),
      answer("status", wire::StatusRequest{}, wire::StatusAnswer{some_chain(), 12, 2, 1, example_checkpoint()}),
      answer("push", wire::PushRequest{}, wire::PushAnswer{some_chain(), wire::PushRefusal::gap, 41}),
      answer("pull", wire::PullRequest{},
             wire::PullAnswer{some_frames(), {{5, some_hash(5)}, {6, some_hash(6)}}, 9, false, example_checkpoint()}),
      answer("attachment-have", wire::AttachmentHaveRequest{}, wire::AttachmentHaveAnswer{{partial, {true, {}, 0, 0}}}),
      answer("attachment-put", wire::AttachmentPutRequest{}, wire::AttachmentPutAnswer{wire::PutOutcome::kept, 777}),
      answer("attachment-get", wire::AttachmentGetRequest{}, wire::AttachmentGetAnswer{true, 12, Bytes(12, 0x33)}),
      answer("chains", wire::ChainsRequest{}, wire::ChainsAnswer{{{40, some_hash(3)}, {0, {}}}}),
      answer("chain-frames", wire::ChainFramesRequest{}, wire::ChainFramesAnswer{some_frames(), true}),
      answer("claim", wire::ClaimRequest{}, wire::ClaimAnswer{3}),
      answer("new-epoch", wire::NewEpochRequest{}, wire::NewEpochAnswer{}),
      answer("keys", wire::KeysRequest{}, wire::KeysAnswer{example_key_statements(), {certificate, certificate}}),
      answer("renew-certificate", wire::RenewCertificateRequest{}, wire::RenewCertificateAnswer{certificate}),
      answer("enrol-person", wire::EnrolPersonRequest{},
             wire::EnrolPersonAnswer{example_writer().device, "示例人员", "执法证示例1", "officer"}),
      {"refused", wire::seal_refusal(wire::MessageType::push, refused, example_key())},
  };
}

}  // namespace kuangxun::fuzz
