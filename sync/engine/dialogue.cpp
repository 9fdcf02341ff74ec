#include "sync/engine/dialogue.h"

#include "db/language/language.h"
#include "sync/wire/county_keys.h"

// An answer counts when it names the request that was sent, so that no old one can be played again, and the county's
// key of its epoch signed it. A signature that no known key made may be that of a new one: the county is asked for its
// keys, and believed when one that we know leads to it.
namespace kuangxun::engine {

Error not_the_county() {
  return Error(ErrorCode::refused,
               phrase("who answered is not the county this laptop is enrolled with (wrong signature); stopped, check "
                      "the address"));
}

Bytes seal_own_request(frames::FrameStore& store, const Uuid& county, Clock& clock, const wire::RequestBody& body) {
  return wire::seal_request({county, store.own_writer(), clock.now_ms()}, body, store.signing_key());
}

Dialogue::Next Dialogue::begin() {
  return go_on(session_.begin());
}

Dialogue::Next Dialogue::cut() {
  is_asking_keys_ = false;
  return go_on(session_.cut());
}

Dialogue::Next Dialogue::go_on(Step step) {
  if (step.failure.has_value()) return *step.failure;
  step_ = std::move(step.request);
  if (!step_.has_value()) return std::optional<Bytes>();
  return send(*step_);
}

Dialogue::Next Dialogue::send(const wire::RequestBody& body) {
  KX_TRY(county, store_.known_county());
  Bytes request = seal_own_request(store_, county.county, clock_, body);
  sent_ = sha256(request);
  sent_type_ = wire::type_of(body);
  return std::optional<Bytes>(std::move(request));
}

Dialogue::Next Dialogue::answered(Bytes bytes) {
  KX_TRY(answer, wire::parse_answer(std::move(bytes)));
  if (answer.header.request != sent_) return not_the_county();
  if (is_asking_keys_) {
    is_asking_keys_ = false;
    KX_CHECK(take_keys(store_, answer, keep_keys_));
    return send(*step_);
  }
  KX_TRY(county, store_.known_county());
  const auto key = county.key_of(answer.header.county_epoch);
  if (!key.has_value() || !wire::is_signed_by(answer, *key)) return ask_keys();
  county_time_ms_ = answer.header.county_time_ms;
  if (answer.header.code != wire::AnswerCode::done) return go_on(session_.refused(answer.header.code));
  if (answer.type != sent_type_) return not_the_county();
  KX_TRY(body, wire::decode_answer_body(answer.type, answer.body()));
  return go_on(session_.answered(body));
}

// Perhaps the county has a new key that the one we know vouches for.
Dialogue::Next Dialogue::ask_keys() {
  is_asking_keys_ = true;
  return send(wire::KeysRequest{});
}

Status take_keys(frames::FrameStore& store, const wire::Answer& answer, const Dialogue::KeepKeys& keep) {
  if (answer.header.code != wire::AnswerCode::done || answer.type != wire::MessageType::keys) return not_the_county();
  KX_TRY(body, wire::decode_answer_body(answer.type, answer.body()));
  const auto& keys = std::get<wire::KeysAnswer>(body);
  KX_TRY(known, store.known_county());
  KX_TRY(statements, wire::open_key_statements(keys.keys, known));
  const frames::KnownCounty county = wire::known_county(statements);
  const auto key = county.key_of(answer.header.county_epoch);
  if (county == known || !key.has_value() || !wire::is_signed_by(answer, *key)) return not_the_county();
  // First what goes with them: once the key is known nobody would ask for that again.
  if (keep) KX_CHECK(keep(keys));
  return store.note_county(county);
}

}  // namespace kuangxun::engine
