#include "sync/client/conversation.h"
#include "sync/engine/refusal.h"

#include <algorithm>

namespace kuangxun::client {
namespace {

// After a cut the next try comes soon, for the links here are cut for moments; then ever later, up to a few seconds,
// since a person stands by and waits.
constexpr int first_pause_ms = 200;
constexpr int longest_pause_ms = 5000;
// How often, and how long, a laptop waits when the county asks it to; then the person hears of it.
constexpr int county_pauses_max = 5;
constexpr int county_pause_max_s = 30;

// Operations that went and came, until now.
std::uint64_t exchanged(const engine::Report& report) {
  return report.pushed + report.relayed + report.pulled;
}

}  // namespace

Result<engine::Report> converse(engine::Dialogue& dialogue, Link& link, const Wait& wait, const Running& running) {
  KX_TRY(request, dialogue.begin());
  int pause_ms = first_pause_ms;
  int county_pauses = 0;
  while (request.has_value()) {
    KX_CHECK(running.check());
    auto answer = link.exchange(*request);
    if (answer.ok()) {
      pause_ms = first_pause_ms;
      KX_TRY(next, dialogue.answered(std::move(answer).value()));
      running.note_records(exchanged(dialogue.report()));
      request = std::move(next);
      continue;
    }
    // Only what broke on the way is tried again; what was answered with a "no", or found nobody, would be so again.
    if (answer.error().code() != ErrorCode::busy) return answer.error();
    const auto failure = link.failure();
    if (failure.has_value() && failure->trouble == LinkTrouble::county_busy) {
      // The county is well and asks for patience: the same request again, it was not taken.
      if (++county_pauses > county_pauses_max || failure->retry_after_s > county_pause_max_s) return answer.error();
      wait(std::max(failure->retry_after_s, 1) * 1000);
      continue;
    }
    wait(pause_ms);
    pause_ms = std::min(pause_ms * 2, longest_pause_ms);
    KX_TRY(next, dialogue.cut());
    request = std::move(next);
  }
  return dialogue.report();
}

Result<wire::AnswerBody> ask(Link& link, frames::FrameStore& store, Clock& clock, const wire::RequestBody& body) {
  KX_TRY(county, store.known_county());
  const Bytes request = engine::seal_own_request(store, county.county, clock, body);
  KX_TRY(bytes, link.exchange(request));
  KX_TRY(answer, wire::parse_answer(std::move(bytes)));
  const auto key = county.key_of(answer.header.county_epoch);
  if (!key.has_value() || !wire::is_signed_by(answer, *key) || answer.header.request != sha256(request)) {
    return engine::not_the_county();
  }
  if (answer.header.code != wire::AnswerCode::done) return engine::refusal_error(answer.header.code);
  if (answer.type != wire::type_of(body)) return engine::not_the_county();
  return wire::decode_answer_body(answer.type, answer.body());
}

}  // namespace kuangxun::client
