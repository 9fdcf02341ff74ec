#include "tests/simulation/bad_laptop.h"

#include <algorithm>

#include "db/records/kinds.h"
#include "sync/wire/enrolment_code.h"
#include "tests/simulation/failure.h"

namespace kuangxun::simulation {
namespace {

namespace kinds = records::kinds;

// The frame with another payload, hashed and signed as if its owner had meant it. Offsets as db/frames/FORMAT.md lists
// them.
Bytes with_payload(const Bytes& frame, const Bytes& payload, const SigningKey& key) {
  constexpr std::size_t codec_at = 6, sizes_at = 40, hash_at = 80, signature_at = 144, payload_at = 208;
  Bytes forged(frame.begin(), frame.begin() + payload_at);
  forged[codec_at] = 0;
  for (const std::size_t at : {sizes_at, sizes_at + 4}) {
    for (std::size_t i = 0; i < 4; ++i) forged[at + i] = static_cast<std::uint8_t>(payload.size() >> (8 * i));
  }
  std::ranges::copy(sha256(payload).bytes, forged.begin() + hash_at);
  const Signature signature = key.sign(ByteView(forged).first(signature_at));
  std::ranges::copy(signature.bytes, forged.begin() + signature_at);
  forged.insert(forged.end(), payload.begin(), payload.end());
  return forged;
}

}  // namespace

BadLaptop::BadLaptop(const Parts& parts, int number)
    : parts_(parts),
      clock_(parts.time),
      random_(random_stream(parts.plan.seed, 300 + static_cast<std::uint64_t>(number))),
      name_("bad laptop " + std::to_string(number)),
      key_(SigningKey::generate(random_)),
      writer_{make_uuid(clock_, random_), 1},
      person_(make_uuid(clock_, random_)),
      record_(fixed_uuid("hot place 0")) {}

history::Operation BadLaptop::next_operation() {
  history::Operation operation;
  operation.id = {writer_, ++sequence_};
  operation.time = {clock_.now_ms(), static_cast<std::uint16_t>(sequence_ % 1000)};
  operation.person = person_;
  return operation;
}

history::Operation BadLaptop::good() {
  history::Operation operation = next_operation();
  operation.record = record_;
  operation.kind = kinds::legacy_site;
  operation.group = 1;
  operation.bases = own_heads_;
  operation.values = {{1, "示例 bad " + std::to_string(random_.below(1'000'000))}};
  own_heads_ = {operation.id};
  parts_.oracle.committed(name_, operation);
  return operation;
}

history::Operation BadLaptop::bad() {
  history::Operation operation = next_operation();
  operation.record = record_;
  operation.kind = kinds::legacy_site;
  operation.group = 1;
  operation.bases = own_heads_;
  switch (random_.below(4)) {
    case 0:
      parts_.tally.count(Fault::operation_meaningless);
      operation.values = {{1, std::int64_t{7}}};
      break;
    case 1:
      // A decision that hides everybody's work; only the county decides.
      parts_.tally.count(Fault::operation_without_right);
      operation.record = make_uuid(clock_, random_);
      operation.kind = kinds::decision;
      operation.bases.clear();
      operation.values = {{1, writer_.device}, {2, std::int64_t{1}}, {3, std::int64_t{1}}, {4, std::int64_t{1000}}};
      break;
    case 2:
      parts_.tally.count(Fault::signature_of_person_wrong);
      operation.values = {{1, std::string("示例 signed")}};
      random_.fill(operation.person_signature.emplace().bytes);
      break;
    default:
      parts_.tally.count(Fault::operation_without_right);
      operation.record = make_uuid(clock_, random_);
      operation.kind = kinds::review;
      operation.group = 2;
      operation.bases.clear();
      operation.values = {{2, std::int64_t{1}}, {3, std::string("示例")}};
      break;
  }
  if (operation.kind == kinds::legacy_site) own_heads_ = {operation.id};
  parts_.oracle.committed(name_, operation);
  parts_.oracle.must_be_hidden(operation.id);
  return operation;
}

void BadLaptop::seal(const history::Operation& operation) {
  const frames::Frame frame = frames::seal_frame({&operation, 1}, previous_, {}, key_);
  previous_ = frame.hash();
  frames_.push_back(frame.bytes);
  last_of_frames_.push_back(operation.id.sequence);
  meant_.push_back(operation);
}

void BadLaptop::seal_unreadable(history::Operation operation) {
  parts_.tally.count(Fault::frame_unreadable);
  operation.record = record_;
  operation.kind = kinds::legacy_site;
  operation.group = 1;
  operation.values = {{1, std::string("示例")}};
  Bytes nonsense(20 + random_.below(100));
  random_.fill(nonsense);
  const frames::Frame frame = frames::seal_frame({&operation, 1}, previous_, {}, key_);
  Bytes forged = with_payload(frame.bytes, nonsense, key_);
  previous_ = frames::frame_hash(forged);
  frames_.push_back(std::move(forged));
  last_of_frames_.push_back(operation.id.sequence);
  // What is based on it must not wait for it.
  own_heads_ = {operation.id};
}

void BadLaptop::write() {
  const std::uint64_t count = 1 + random_.below(4);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t what = random_.below(10);
    if (what < 5) {
      seal(good());
    } else if (what < 8) {
      seal(bad());
    } else {
      seal_unreadable(next_operation());
    }
  }
}

std::optional<wire::AnswerBody> BadLaptop::ask(const Uuid& county, const wire::RequestBody& body) {
  const Bytes request = wire::seal_request({county, writer_, clock_.now_ms()}, body, key_);
  auto reply = parts_.county.answer(request, {requests::Peer::Carrier::tls, true, false, writer_.device});
  if (!reply.has_value() || reply->code != wire::AnswerCode::done) return std::nullopt;
  const auto answer = wire::parse_answer(std::move(reply->body));
  demand_ok(answer, "the county's answer");
  auto answered = wire::decode_answer_body(answer->type, answer->body());
  demand_ok(answered, "the county's answer");
  return std::move(answered).value();
}

bool BadLaptop::enrol() {
  const std::string secret = parts_.county.invite("示例 " + name_, records::Role::officer);
  wire::EnrolRequest request;
  request.key = key_.public_key();
  request.tls_key = request.key;
  request.proof = wire::enrolment_proof(wire::enrolment_secret_hash(secret), writer_, request.key);
  return ask({}, request).has_value();
}

bool BadLaptop::push() {
  if (!parts_.county.is_up()) return false;
  if (parts_.county.county().registry().find_device(writer_) == nullptr && !enrol()) return false;
  const Uuid county = parts_.county.id();
  const auto chains = ask(county, wire::ChainsRequest{{writer_}});
  if (!chains.has_value()) return false;
  const std::uint64_t stored = std::get<wire::ChainsAnswer>(*chains).ends.at(0).stored_through;
  wire::PushRequest push{writer_, {}};
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    if (last_of_frames_[i] > stored) push.frames.push_back(frames_[i]);
  }
  if (push.frames.empty()) return true;
  const auto pushed = ask(county, push);
  if (!pushed.has_value()) return false;
  const auto& answer = std::get<wire::PushAnswer>(*pushed);
  demand(answer.refusal == wire::PushRefusal::none || answer.refusal == wire::PushRefusal::gap,
         name_ + ": a sound chain is refused, reason " + std::to_string(static_cast<int>(answer.refusal)));
  return answer.chain.stored_through == sequence_;
}

}  // namespace kuangxun::simulation
