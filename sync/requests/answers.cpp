// What each request is answered, one function a message: a new message is one more here, and one in the list of
// sync/wire/messages.h. Who may ask was looked at before (exchange.cpp).
#include "sync/requests/answers.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/attachments.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/ingest.h"
#include "sync/requests/enrolment.h"
#include "sync/rights/roles.h"
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

class Answers {
 public:
  explicit Answers(const Parts& parts) : parts_(parts), county_(parts.county) {}

  Result<Outcome> enrol(const wire::Request& request) {
    const auto body = wire::decode_request_body(request.type, request.body());
    if (!body.ok()) return Outcome{AnswerCode::malformed, {}, 0};
    const auto& wanted = std::get<wire::EnrolRequest>(*body);
    const history::WriterId& writer = request.header.writer;
    if (!wire::is_signed_by(request, wanted.key)) return Outcome{AnswerCode::bad_signature, {}, 0};
    if (county_.is_county(writer) || writer.epoch == 0) return Outcome{AnswerCode::device_conflict, {}, 0};
    // Looked up before anything waits for the lock: strangers with invented codes cost a read.
    KX_TRY(known_ticket, find_ticket(county_.store(), ports::TicketKind::device, wanted.proof, writer, wanted.key));
    if (!known_ticket.has_value()) return Outcome{AnswerCode::code_refused, {}, 0};

    const std::int64_t now_ms = county_.clock().now_ms();
    ports::EnrolmentTicket ticket;
    bool is_new = false;
    {
      KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
      KX_CHECK(transaction.also_store());
      KX_TRY(found, find_ticket(county_.store(), ports::TicketKind::device, wanted.proof, writer, wanted.key));
      if (!found.has_value()) return Outcome{AnswerCode::code_refused, {}, 0};
      ticket = *found;
      const rights::Device* known = county_.registry().find_device(writer);
      if (known != nullptr && known->key != wanted.key) return Outcome{AnswerCode::device_conflict, {}, 0};
      if (known != nullptr && known->is_revoked()) return Outcome{AnswerCode::not_allowed, {}, 0};
      if (!is_good_for(ticket, writer, wanted.key, now_ms)) return Outcome{AnswerCode::code_refused, {}, 0};
      ticket.used_by = writer;
      ticket.used_key = wanted.key;
      KX_CHECK(county_.store().put_ticket(ticket));
      is_new = known == nullptr;
      if (is_new) {
        const auto edits = device_edits(county_, {writer, wanted.key, ticket.name, ticket.role});
        KX_CHECK(write_as_county(county_, transaction, edits));
      }
      KX_CHECK(transaction.commit());
    }
    const std::string role = rights::role_code(ticket.role);
    KX_TRY(certificate, parts_.authority.issue(writer, role, wanted.tls_key, now_ms));
    KX_TRY(trusted, parts_.authority.trusted());
    if (is_new) {
      parts_.log(say_with("device \"{0}\" is enrolled ({1}, {2})", {ticket.name, writer.device.text(), role}));
    }
    return Outcome{AnswerCode::done,
                   wire::EnrolAnswer{county_.state().county, county_.statements(), ticket.name, role,
                                     std::move(certificate), std::move(trusted)},
                   0};
  }

  // An enrolment is answered before anybody is asked for who they are.
  Result<Outcome> respond(const Asker&, const wire::EnrolRequest&) { return Outcome{AnswerCode::malformed, {}, 0}; }

  Result<Outcome> respond(const Asker& asker, const wire::NewEpochRequest& request) {
    const history::WriterId next{asker.writer.device, request.epoch};
    // A later key proves itself. An earlier one may be lost: the laptop's present one vouches for it.
    const bool is_earlier = request.epoch < asker.writer.epoch;
    if (!verify_signature(is_earlier ? asker.device->key : request.key,
                          frames::new_epoch_statement(asker.writer, request.epoch, request.key), request.proof)) {
      return Outcome{AnswerCode::bad_signature, {}, 0};
    }
    KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
    KX_CHECK(transaction.also_store());
    if (const rights::Device* known = county_.registry().find_device(next)) {
      const bool is_same = known->key == request.key;
      return Outcome{is_same ? AnswerCode::done : AnswerCode::device_conflict, wire::NewEpochAnswer{}, 0};
    }
    if (request.epoch == 0 || request.epoch == asker.writer.epoch) return Outcome{AnswerCode::device_conflict, {}, 0};
    const auto edits = device_edits(county_, {next, request.key, asker.device->name, asker.device->role});
    KX_CHECK(write_as_county(county_, transaction, edits));
    KX_CHECK(transaction.commit());
    const std::string epoch = std::to_string(request.epoch);
    parts_.log(is_earlier
                   ? say_with("device \"{0}\" told its key of epoch {1}, which the restored database did not know",
                              {asker.device->name, epoch})
                   : say_with("device \"{0}\" goes on in epoch {1} (its data were copied, or its key was lost)",
                              {asker.device->name, epoch}));
    return Outcome{AnswerCode::done, wire::NewEpochAnswer{}, 0};
  }

  Result<Outcome> respond(const Asker&, const wire::KeysRequest&) {
    KX_TRY(trusted, parts_.authority.trusted());
    return Outcome{AnswerCode::done, wire::KeysAnswer{county_.statements(), std::move(trusted)}, 0};
  }

  Result<Outcome> respond(const Asker& asker, const wire::RenewCertificateRequest& request) {
    KX_TRY(certificate, parts_.authority.issue(asker.writer, rights::role_code(asker.device->role), request.tls_key,
                                               county_.clock().now_ms()));
    parts_.log(say_with("device \"{0}\" renewed its certificate", {asker.device->name}));
    return Outcome{AnswerCode::done, wire::RenewCertificateAnswer{std::move(certificate)}, 0};
  }

  Result<Outcome> respond(const Asker& asker, const wire::EnrolPersonRequest& request) {
    if (!verify_signature(request.key, ByteView(request.proof.bytes), request.signature)) {
      return Outcome{AnswerCode::bad_signature, {}, 0};
    }
    KX_TRY(transaction, ledger::CountyTransaction::begin(county_, ports::Work::apply));
    KX_CHECK(transaction.also_store());
    KX_TRY(ticket, find_ticket(county_.store(), ports::TicketKind::person, request.proof, asker.writer, request.key));
    if (!ticket.has_value() || !is_good_for(*ticket, asker.writer, request.key, county_.clock().now_ms())) {
      return Outcome{AnswerCode::code_refused, {}, 0};
    }
    if (!ticket->used_by.has_value()) {
      ticket->used_by = asker.writer;
      ticket->used_key = request.key;
      KX_CHECK(county_.store().put_ticket(*ticket));
      KX_CHECK(write_as_county(county_, transaction, person_edits(county_, *ticket, asker.writer, request.key)));
      KX_CHECK(transaction.commit());
      parts_.log(say_with("person \"{0}\" enrolled a key on device \"{1}\"", {ticket->name, asker.name()}));
    }
    return Outcome{AnswerCode::done,
                   wire::EnrolPersonAnswer{ticket->person, ticket->name, ticket->certificate_number,
                                           rights::role_code(ticket->role)},
                   0};
  }

  Result<Outcome> respond(const Asker&, const wire::AttachmentHaveRequest& request) {
    wire::AttachmentHaveAnswer answer;
    for (const wire::AttachmentName& name : request.names) {
      KX_TRY(map, county_.store().chunk_map(name));
      answer.maps.push_back(std::move(map));
    }
    return Outcome{AnswerCode::done, std::move(answer), 0};
  }

  Result<Outcome> respond(const Asker&, const wire::AttachmentPutRequest& request) {
    if (is_full(parts_, request.bytes.size())) return Outcome{AnswerCode::no_space, {}, limits::no_space_retry_after_s};
    KX_TRY(answer, ledger::keep_chunk(county_.store(), request));
    return Outcome{AnswerCode::done, answer, 0};
  }

  Result<Outcome> respond(const Asker&, const wire::AttachmentGetRequest& request) {
    KX_TRY(answer, ledger::read_chunk(county_.store(), request));
    return Outcome{AnswerCode::done, std::move(answer), 0};
  }

  Result<Outcome> respond(const Asker& asker, const wire::StatusRequest& request) {
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

  Result<Outcome> respond(const Asker& asker, const wire::PushRequest& request) {
    // Somebody whom the county does not know, but once certified, brings the county's own frames and nothing else.
    if (asker.device == nullptr && !county_.is_county(request.writer))
      return Outcome{AnswerCode::unknown_device, {}, 0};
    std::size_t bytes = 0;
    for (const Bytes& frame : request.frames) bytes += frame.size();
    if (is_full(parts_, bytes)) return Outcome{AnswerCode::no_space, {}, limits::no_space_retry_after_s};
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

  Result<Outcome> respond(const Asker& asker, const wire::PullRequest& request) {
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

  Result<Outcome> respond(const Asker&, const wire::ChainsRequest& request) {
    KX_TRY(chains, county_.store().chains(request.writers));
    wire::ChainsAnswer answer;
    for (const ports::Chain& chain : chains) answer.ends.push_back({chain.stored_through, chain.last_frame});
    return Outcome{AnswerCode::done, std::move(answer), 0};
  }

  Result<Outcome> respond(const Asker&, const wire::ChainFramesRequest& request) {
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

  Result<Outcome> respond(const Asker& asker, const wire::ClaimRequest& request) {
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

 private:
  const Parts& parts_;
  ledger::County& county_;
};

}  // namespace

std::string Asker::name() const {
  return device == nullptr ? writer.device.text() : device->name;
}

bool is_full(const Parts& parts, std::size_t bytes) {
  return parts.disk.free_bytes() < limits::disk_reserve_bytes + bytes;
}

Result<Outcome> enrol(const Parts& parts, const wire::Request& request) {
  return Answers(parts).enrol(request);
}

Result<Outcome> answer_to(const Parts& parts, const Asker& asker, const wire::RequestBody& body) {
  Answers answers(parts);
  return std::visit([&](const auto& request) { return answers.respond(asker, request); }, body);
}

}  // namespace kuangxun::requests
