#include "tests/sync/scripted/scripted_county.h"

#include <algorithm>

#include "db/history/record_store.h"
#include "db/records/handles/device.h"
#include "db/records/kinds.h"
#include "sync/wire/receipt.h"

namespace kuangxun::tests {
using history::WriterId;

ScriptedCounty::ScriptedCounty(Clock& clock, Random& random)
    : clock_(clock), random_(random), id_(make_uuid(clock, random)) {
  books.epoch = 0;
  change_key();
}

void ScriptedCounty::change_key(bool is_lost) {
  const bool is_first = keys_.empty();
  keys_.push_back(std::make_shared<const SigningKey>(SigningKey::generate(random_)));
  wire::KeyStatement statement;
  statement.county = id_;
  statement.first_epoch = ++books.epoch;
  statement.key = key().public_key();
  bundle_secrets_.push_back(std::move(ExchangeSecret::of(SigningKey::generate(random_))).value());
  statement.bundle_key = bundle_secrets_.back().public_key();
  if (!is_first) statement.previous = sha256(sealed_statements_.back());
  statement.is_replacement = is_lost;
  statement.county_time_ms = clock_.now_ms();
  const SigningKey* previous = is_first || is_lost ? nullptr : keys_[keys_.size() - 2].get();
  sealed_statements_.push_back(wire::seal_key_statement(statement, key(), previous));
  statements_.push_back(statement);
}

const CountyBooks::Entry* ScriptedCounty::last_of(const WriterId& writer) const {
  const auto found = std::find_if(books.sequence.rbegin(), books.sequence.rend(),
                                  [&](const CountyBooks::Entry& entry) { return entry.writer == writer; });
  return found == books.sequence.rend() ? nullptr : &*found;
}

void ScriptedCounty::enrol(const WriterId& writer, const PublicKey& device_key, const std::string& name) {
  records::Record record(make_uuid(clock_, random_), records::kind_of(records::kinds::device));
  record.set_value(records::device::device, writer.device);
  record.set_value(records::device::epoch, std::int64_t{writer.epoch});
  record.set_value(records::device::public_key, Bytes(device_key.bytes.begin(), device_key.bytes.end()));
  record.set_value(records::device::name, name);
  const WriterId own{id_, books.epoch};
  const CountyBooks::Entry* before = last_of(own);
  std::vector<history::Operation> operations;
  for (const history::Edit& edit : history::edits_for_new(record)) {
    history::Operation operation;
    operation.id = {own, (before == nullptr ? 0 : before->last) + operations.size() + 1};
    operation.time = {clock_.now_ms(), 0};
    operation.record = edit.record;
    operation.kind = edit.kind;
    operation.group = edit.group;
    operation.values = edit.values;
    operations.push_back(operation);
  }
  const frames::Frame frame = frames::seal_frame(operations, before == nullptr ? Hash{} : before->hash, {}, key());
  books.sequence.push_back({own, frame.header.first_sequence, frame.header.last_sequence(), frame.hash(), frame.bytes});
  books.devices[writer] = device_key;
  certified.insert(writer.device);
}

wire::Checkpoint ScriptedCounty::checkpoint() const {
  frames::Frontier tree;
  for (const CountyBooks::Entry& entry : books.sequence) tree.append(entry.hash);
  return {id_, books.incarnation, tree.size(), tree.root(), clock_.now_ms(), books.epoch};
}

wire::ChainState ScriptedCounty::chain(const WriterId& writer) const {
  const CountyBooks::Entry* last = last_of(writer);
  if (last == nullptr) return {};
  const auto sequence = static_cast<std::uint64_t>(last - books.sequence.data()) + 1;
  return {last->last, last->last, last->hash,
          wire::seal_receipt({id_, writer, last->last, sequence, last->hash, clock_.now_ms(), books.epoch}, key())};
}

wire::AnswerCode ScriptedCounty::may_ask(const WriterId& asker, wire::MessageType type) const {
  using wire::MessageType;
  if (books.revoked.contains(asker)) {
    return type == MessageType::push ? wire::AnswerCode::done : wire::AnswerCode::not_allowed;
  }
  if (books.devices.contains(asker)) return wire::AnswerCode::done;
  const bool is_open = type == MessageType::status || type == MessageType::claim || type == MessageType::chains ||
                       type == MessageType::push || type == MessageType::keys;
  return is_open && certified.contains(asker.device) ? wire::AnswerCode::done : wire::AnswerCode::unknown_device;
}

ScriptedCounty::Outcome ScriptedCounty::answer(const WriterId& asker, const wire::RequestBody& request) {
  const wire::AnswerCode allowed = may_ask(asker, wire::type_of(request));
  if (allowed != wire::AnswerCode::done) return {allowed, {}};
  return std::visit(
      [&](const auto& body) -> Outcome {
        if constexpr (requires { respond(asker, body); }) {
          return respond(asker, body);
        } else if constexpr (requires { books.answer(body); }) {
          return {wire::AnswerCode::done, books.answer(body)};
        } else {
          return {wire::AnswerCode::malformed, {}};
        }
      },
      request);
}

Bytes ScriptedCounty::answer_bytes(Bytes bytes) {
  wire::AnswerHeader header{wire::AnswerCode::malformed, sha256(bytes), clock_.now_ms(), books.epoch};
  const auto request = wire::parse_request(std::move(bytes));
  if (!request.ok()) return wire::seal_refusal(wire::MessageType::status, header, key());
  const auto device = books.devices.find(request->header.writer);
  const auto body = wire::decode_request_body(request->type, request->body());
  Outcome outcome{wire::AnswerCode::bad_signature, {}};
  if (request->header.county != id_) {
    outcome.code = wire::AnswerCode::wrong_county;
  } else if (device == books.devices.end()) {
    outcome.code = wire::AnswerCode::unknown_device;
  } else if (wire::is_signed_by(*request, device->second) && body.ok()) {
    outcome = answer(request->header.writer, *body);
  }
  header.code = outcome.code;
  if (header.code != wire::AnswerCode::done) return wire::seal_refusal(request->type, header, key());
  return wire::seal_answer(request->type, header, outcome.body, key());
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId& asker, const wire::StatusRequest& request) {
  const wire::Checkpoint now = checkpoint();
  wire::StatusAnswer answer{chain(asker), latest(), books.incarnation, static_cast<std::uint32_t>(statements_.size()),
                            wire::seal_checkpoint(now, key())};
  if (request.incarnation == now.incarnation && request.size == now.size && request.root == now.root) {
    answer.checkpoint.clear();
  }
  if (request.receipt_through == answer.chain.stored_through) answer.chain.receipt.clear();
  return {wire::AnswerCode::done, answer};
}

wire::PushRefusal ScriptedCounty::take(const WriterId& writer, const Bytes& bytes, std::uint64_t& sequence) {
  const auto frame = frames::parse_frame(bytes);
  if (!frame.ok()) return wire::PushRefusal::malformed;
  sequence = frame->header.first_sequence;
  if (frame->header.writer != writer) return wire::PushRefusal::wrong_writer;
  const bool is_own = writer.device == id_;
  const auto own_key = known().key_of(writer.epoch);
  if (is_own ? !own_key.has_value() : !books.devices.contains(writer)) return wire::PushRefusal::wrong_writer;
  if (!frames::verify_frame(*frame, is_own ? *own_key : books.devices.at(writer)).ok()) {
    return wire::PushRefusal::damaged;
  }
  const bool is_known =
      std::ranges::any_of(books.sequence, [&](const CountyBooks::Entry& entry) { return entry.hash == frame->hash(); });
  if (is_known) return wire::PushRefusal::none;
  const CountyBooks::Entry* before = last_of(writer);
  const std::uint64_t through = before == nullptr ? 0 : before->last;
  const bool is_behind_fork = std::ranges::any_of(
      books.forks, [&](const Bytes& fork) { return frames::frame_hash(fork) == frame->header.previous; });
  if (sequence > through + 1 && !is_behind_fork) return wire::PushRefusal::gap;
  const auto closed = books.closed_from.find(writer);
  const bool is_closed = closed != books.closed_from.end() && frame->header.last_sequence() >= closed->second;
  if (is_behind_fork || is_closed || sequence <= through ||
      frame->header.previous != (before == nullptr ? Hash{} : before->hash)) {
    if (std::ranges::find(books.forks, bytes) == books.forks.end()) books.forks.push_back(bytes);
    return wire::PushRefusal::fork;
  }
  books.sequence.push_back({writer, sequence, frame->header.last_sequence(), frame->hash(), bytes});
  if (is_own) learn_devices(*frame);
  return wire::PushRefusal::none;
}

// From its own earlier chain, which a laptop brought home.
void ScriptedCounty::learn_devices(const frames::Frame& frame) {
  const auto operations = frames::decode_operations(frame);
  if (!operations.ok()) return;
  for (const history::Operation& operation : *operations) {
    if (operation.kind != records::kinds::device || operation.values.size() != 3) continue;
    const auto& bytes = std::get<Bytes>(operation.values[2].value);
    PublicKey device_key;
    std::ranges::copy(bytes, device_key.bytes.begin());
    const auto epoch = static_cast<std::uint32_t>(std::get<std::int64_t>(operation.values[1].value));
    books.devices[{std::get<Uuid>(operation.values[0].value), epoch}] = device_key;
  }
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId&, const wire::PushRequest& request) {
  wire::PushAnswer answer;
  for (const Bytes& bytes : request.frames) {
    std::uint64_t sequence = 0;
    const wire::PushRefusal refusal = take(request.writer, bytes, sequence);
    if (refusal == wire::PushRefusal::none) continue;
    if (answer.refusal == wire::PushRefusal::none) {
      answer.refusal = refusal;
      answer.refused_sequence = sequence;
    }
    // What stands behind a fork is kept with it.
    if (answer.refusal != wire::PushRefusal::fork) break;
  }
  answer.chain = chain(request.writer);
  return {wire::AnswerCode::done, answer};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId& asker, const wire::PullRequest& request) {
  if (request.incarnation != books.incarnation) return {wire::AnswerCode::other_incarnation, {}};
  wire::PullAnswer answer;
  answer.cursor = request.after;
  std::size_t bytes = 0;
  while (answer.cursor < latest()) {
    const CountyBooks::Entry& entry = books.sequence[answer.cursor];
    bytes += entry.bytes.size();
    const std::size_t count = answer.frames.size() + answer.skipped.size();
    answer.has_more = count >= page_frames_max || (count > 0 && bytes > request.bytes_max);
    if (answer.has_more) break;
    ++answer.cursor;
    if (entry.writer == asker) {
      answer.skipped.push_back({answer.cursor, entry.hash});
    } else {
      answer.frames.push_back({answer.cursor, entry.bytes});
    }
  }
  if (!answer.has_more) answer.checkpoint = wire::seal_checkpoint(checkpoint(), key());
  return {wire::AnswerCode::done, answer};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId&, const wire::ChainsRequest& request) {
  wire::ChainsAnswer answer;
  for (const WriterId& writer : request.writers) {
    const wire::ChainState state = chain(writer);
    answer.ends.push_back({state.stored_through, state.last_frame});
  }
  return {wire::AnswerCode::done, answer};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId&, const wire::ChainFramesRequest& request) {
  wire::ChainFramesAnswer answer;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < books.sequence.size() && !answer.has_more; ++i) {
    const CountyBooks::Entry& entry = books.sequence[i];
    if (entry.writer != request.writer || entry.last <= request.after) continue;
    bytes += entry.bytes.size();
    answer.has_more = !answer.frames.empty() && (bytes > request.bytes_max || answer.frames.size() >= page_frames_max);
    if (!answer.has_more) answer.frames.push_back({i + 1, entry.bytes});
  }
  return {wire::AnswerCode::done, answer};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId&, const wire::ClaimRequest& request) {
  const auto claimed = wire::open_checkpoint(request.checkpoint, known());
  if (!claimed.ok()) return {wire::AnswerCode::malformed, {}};
  frames::Frontier tree;
  for (const CountyBooks::Entry& entry : books.sequence) {
    if (tree.size() < claimed->size) tree.append(entry.hash);
  }
  if (claimed->incarnation > books.incarnation ||
      (claimed->incarnation == books.incarnation && tree.root() != claimed->root)) {
    books.incarnation = claimed->incarnation + 1;
    ++books.epoch;
  }
  return {wire::AnswerCode::done, wire::ClaimAnswer{books.incarnation}};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId& asker, const wire::NewEpochRequest& request) {
  const WriterId next{asker.device, request.epoch};
  const PublicKey& signer = request.epoch < asker.epoch ? books.devices.at(asker) : request.key;
  if (!verify_signature(signer, frames::new_epoch_statement(asker, request.epoch, request.key), request.proof)) {
    return {wire::AnswerCode::bad_signature, {}};
  }
  const auto known_key = books.devices.find(next);
  if (known_key != books.devices.end() && known_key->second != request.key) {
    return {wire::AnswerCode::device_conflict, {}};
  }
  if (known_key == books.devices.end()) enrol(next, request.key, "again");
  return {wire::AnswerCode::done, wire::NewEpochAnswer{}};
}

ScriptedCounty::Outcome ScriptedCounty::respond(const WriterId&, const wire::KeysRequest&) {
  return {wire::AnswerCode::done, wire::KeysAnswer{sealed_statements_, {Bytes{0x30}}}};
}

}  // namespace kuangxun::tests
