// Status, push and pull: the county's log and how far everybody is with it.
#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/ingest.h"
#include "sync/requests/exchange.h"
#include "sync/wire/checkpoint.h"

namespace kuangxun::requests {
namespace {

using wire::AnswerCode;

Bytes checkpoint_of(ledger::County& county) {
  const ports::CountyState& state = county.state();
  return wire::seal_checkpoint({state.county, state.incarnation, state.latest_sequence(), state.frontier.root(),
                                county.clock().now_ms(), state.epoch},
                               county.key());
}

// Of the tree over the first frames of the sequence. Reads all of them: asked only when a laptop says that the county
// contradicts its own signature.
Result<Hash> root_at(ports::LogStore& store, std::uint64_t size) {
  frames::Frontier frontier;
  while (frontier.size() < size) {
    KX_TRY(page, store.page(frontier.size(), {}, {limits::apply_bytes_max, limits::pull_frames_max, 0}));
    if (page.frames.empty()) return Hash{};
    for (const ports::StoredFrame& frame : page.frames) {
      if (frontier.size() < size) frontier.append(frame.hash);
    }
  }
  return frontier.root();
}

std::string why(wire::PushRefusal refusal) {
  switch (refusal) {
    case wire::PushRefusal::malformed:
      return say_text("unreadable or too large");
    case wire::PushRefusal::wrong_writer:
      return say_text("of no enrolled device");
    case wire::PushRefusal::damaged:
      return say_text("hash or signature do not fit");
    case wire::PushRefusal::gap:
      return say_text("what precedes it is missing");
    case wire::PushRefusal::fork:
      return say_text("another stands there, kept as evidence");
    case wire::PushRefusal::newer_version:
      return say_text("written by a newer program, update this one");
    case wire::PushRefusal::none:
      break;
  }
  return {};
}

std::string line_of(const std::string& asker, const history::WriterId& writer, const ledger::PushCounts& counts,
                    const wire::PushAnswer& answer, std::int64_t took_ms) {
  std::string line = say_with("\"{0}\" pushed {1}:{2}: {3} frames, {4} operations, {5} persons, {6} bytes, {7} ms",
                              {asker, writer.device.text(), std::to_string(writer.epoch), std::to_string(counts.frames),
                               std::to_string(counts.operations), std::to_string(counts.persons),
                               std::to_string(counts.bytes), std::to_string(took_ms)});
  if (answer.refusal == wire::PushRefusal::none) return line;
  return line + say_with("; not taken from sequence {1} on ({0})",
                         {why(answer.refusal), std::to_string(answer.refused_sequence)});
}

}  // namespace

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::StatusRequest& request) {
  const ports::CountyState& state = county_.state();
  KX_TRY(chains, county_.store().chains({&asker.writer, 1}));
  ports::Chain& chain = chains.front();
  wire::StatusAnswer answer;
  answer.chain = {chain.stored_through, chain.applied_through, chain.last_frame, {}};
  if (request.receipt_through != chain.stored_through) answer.chain.receipt = std::move(chain.receipt);
  answer.latest_sequence = state.latest_sequence();
  answer.incarnation = state.incarnation;
  answer.key_count = state.key_count;
  const bool is_newest = request.incarnation == state.incarnation && request.size == state.latest_sequence() &&
                         request.root == state.frontier.root();
  if (!is_newest) answer.checkpoint = checkpoint_of(county_);
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::PushRequest& request) {
  // Somebody whom the county does not know, but once certified, brings the county's own frames and nothing else.
  if (asker.device == nullptr && !county_.is_county(request.writer)) return Outcome{AnswerCode::unknown_device, {}, 0};
  std::size_t bytes = 0;
  for (const Bytes& frame : request.frames) bytes += frame.size();
  if (is_full(bytes)) return Outcome{AnswerCode::no_space, {}, limits::no_space_retry_after_s};
  const std::int64_t begun_ms = county_.clock().steady_ms();
  ledger::PushCounts counts;
  KX_TRY(answer, push(county_, request, counts));
  const bool is_relayed = request.writer != asker.writer;
  if (answer.refusal == wire::PushRefusal::fork && is_relayed) KX_CHECK(close_forked_chain(county_, request.writer));
  const std::uint64_t backlog = county_.state().latest_sequence() - county_.state().applied_sequence;
  const bool is_busy = parts_.is_busy && parts_.is_busy();
  if (counts.frames > 0 && backlog <= parts_.inline_frames_max && !is_busy) {
    // What was stored stays stored, whatever comes of this: the applier tries again.
    if (const auto applied = apply_stored(county_, limits::apply_frames_max); !applied.ok()) {
      parts_.log(applied.error().message());
    } else {
      KX_TRY(chains, county_.store().chains({&request.writer, 1}));
      answer.chain.applied_through = chains.front().applied_through;
    }
  }
  parts_.log(line_of(asker.name(), request.writer, counts, answer, county_.clock().steady_ms() - begun_ms));
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::PullRequest& request) {
  // The state was read before the frames: what is committed in between comes with the next pull.
  const ports::CountyState& state = county_.state();
  if (request.incarnation != state.incarnation || request.after > state.latest_sequence()) {
    return Outcome{AnswerCode::other_incarnation, {}, 0};
  }
  const std::size_t bytes_max = std::min<std::size_t>(request.bytes_max, limits::http_body_bytes_max / 4);
  KX_TRY(page, county_.store().page(request.after, asker.writer,
                                    {bytes_max, limits::pull_frames_max, limits::skipped_frames_max}));
  wire::PullAnswer answer;
  answer.cursor = request.after;
  for (ports::StoredFrame& frame : page.frames) {
    if (frame.county_sequence > state.latest_sequence()) break;
    answer.cursor = frame.county_sequence;
    if (frame.bytes.empty()) {
      answer.skipped.push_back({frame.county_sequence, frame.hash});
    } else {
      answer.frames.push_back({frame.county_sequence, std::move(frame.bytes)});
    }
  }
  answer.has_more = answer.cursor < state.latest_sequence();
  if (!answer.has_more) answer.checkpoint = checkpoint_of(county_);
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::ChainsRequest& request) {
  KX_TRY(chains, county_.store().chains(request.writers));
  wire::ChainsAnswer answer;
  for (const ports::Chain& chain : chains) answer.ends.push_back({chain.stored_through, chain.last_frame});
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker&, const wire::ChainFramesRequest& request) {
  const std::size_t bytes_max = std::min<std::size_t>(request.bytes_max, limits::http_body_bytes_max / 4);
  KX_TRY(chains, county_.store().chains({&request.writer, 1}));
  const std::uint64_t last = chains.front().stored_through;
  wire::ChainFramesAnswer answer;
  if (request.after >= last) return Outcome{AnswerCode::done, std::move(answer), 0};
  KX_TRY(found, county_.store().frames_of(request.writer, request.after + 1, last, bytes_max));
  if (found.size() > limits::pull_frames_max) found.resize(limits::pull_frames_max);
  answer.has_more = !found.empty() && found.back().last_sequence < last;
  for (ports::StoredFrame& frame : found) answer.frames.push_back({frame.county_sequence, std::move(frame.bytes)});
  return Outcome{AnswerCode::done, std::move(answer), 0};
}

Result<Exchange::Outcome> Exchange::respond(const Asker& asker, const wire::ClaimRequest& request) {
  const auto claimed = wire::open_checkpoint(request.checkpoint, county_.known());
  if (!claimed.ok()) return Outcome{AnswerCode::malformed, {}, 0};
  const ports::CountyState& state = county_.state();
  bool is_lost = claimed->incarnation > state.incarnation ||
                 (claimed->incarnation == state.incarnation && claimed->size > state.latest_sequence());
  if (!is_lost && claimed->incarnation == state.incarnation) {
    KX_TRY(root, root_at(county_.store(), claimed->size));
    is_lost = root != claimed->root;
  }
  if (is_lost) {
    KX_CHECK(begin_incarnation(county_, claimed->incarnation, claimed->county_epoch));
    parts_.log(say_with(
        "\"{0}\" showed a checkpoint that this county signed ({1} frames; there are {2}) and does not have: the "
        "database was restored from a backup. Incarnation {3} begins, and the laptops will bring back what is "
        "missing",
        {asker.name(), std::to_string(claimed->size), std::to_string(state.latest_sequence()),
         std::to_string(county_.state().incarnation)}));
  }
  return Outcome{AnswerCode::done, wire::ClaimAnswer{county_.state().incarnation}, 0};
}

}  // namespace kuangxun::requests
