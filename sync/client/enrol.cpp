#include "sync/client/enrol.h"

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/client/conversation.h"
#include "sync/client/county_ties.h"
#include "sync/client/sync.h"
#include "sync/engine/refusal.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::client {
namespace {

Error another_county() {
  return Error(ErrorCode::bad_input,
               phrase("this laptop has joined another county database already; its data belongs to one"));
}

Error stranger() {
  return Error(ErrorCode::refused,
               phrase("who answered is not the county that gave the code; stopped, check the address and the code"));
}

// The writer and key under which the laptop asks to be enrolled: those of today, or the next ones when the key is lost.
struct Applicant {
  history::WriterId writer;
  SigningKey key;
  std::optional<frames::NextEpoch> next;
  std::uint64_t first_lost = 0;  // with `next`: from this operation of today's epoch on, all goes over to it
};

Result<Applicant> next_applicant(sqlite::LaptopStore& store, std::uint32_t after, std::uint64_t first_lost) {
  KX_TRY(next, store.prepare_epoch(after));
  KX_TRY(key, store.prepared_key());
  return Applicant{{store.own_writer().device, next.epoch}, std::move(key), next, first_lost};
}

Result<Applicant> applicant_of(sqlite::LaptopStore& store) {
  if (!store.has_key()) {
    KX_TRY(first_lost, store.first_unsealed());
    return next_applicant(store, store.own_writer().epoch, first_lost);
  }
  KX_TRY(key, SigningKey::from_seed(store.signing_key().seed()));
  return Applicant{store.own_writer(), std::move(key), std::nullopt};
}

// The county knows this name with another key: a copy of this laptop took it, and the county was restored since, or the
// key was lost. The next name, then; what was signed under today's with the other key cannot come in under it.
Result<Applicant> applicant_after_conflict(sqlite::LaptopStore& store, const Applicant& refused) {
  const std::uint64_t first_lost = refused.next.has_value() ? refused.first_lost : 1;
  return next_applicant(store, refused.writer.epoch, first_lost);
}

struct Welcome {
  wire::EnrolAnswer answer;
  frames::KnownCounty county;
  std::int64_t county_time_ms = 0;
};

// TLS has proved that the authority of the code stands behind whoever answers; the answer must agree with it.
Result<Welcome> read_welcome(const wire::Answer& answer, const SecureLink& link) {
  if (answer.header.code != wire::AnswerCode::done) return engine::refusal_error(answer.header.code);
  KX_TRY(body, wire::decode_answer_body(wire::MessageType::enrol, answer.body()));
  Welcome welcome;
  welcome.answer = std::move(std::get<wire::EnrolAnswer>(body));
  welcome.county_time_ms = answer.header.county_time_ms;
  // Statements from the first key on: the code's authority vouches for all of them, a replacement among them too.
  KX_TRY(statements, wire::open_key_statements(welcome.answer.keys, {}));
  welcome.county = wire::known_county(statements);
  const auto key = welcome.county.key_of(answer.header.county_epoch);
  const auto& seen = link.sight();
  const bool is_one = welcome.answer.county == seen.county && welcome.county.county == seen.county &&
                      seen.authority.has_value() && statements.back().authority == sha256(seen.authority->der);
  if (!is_one || !key.has_value() || !wire::is_signed_by(answer, *key)) return stranger();
  return welcome;
}

// Over a link of its own: one that goes on with an earlier TLS session does not show the authority again.
Result<wire::Answer> ask_to_enrol(SecureLink& link, const Applicant& applicant, const wire::EnrolmentCode& code,
                                  const PublicKey& tls_key, Clock& clock) {
  const PublicKey& key = applicant.key.public_key();
  const Hash proof = wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), applicant.writer, key);
  const Bytes request = wire::seal_request({Uuid{}, applicant.writer, clock.now_ms()},
                                           wire::EnrolRequest{proof, key, tls_key, {}}, applicant.key);
  KX_TRY(bytes, link.exchange(request));
  KX_TRY(answer, wire::parse_answer(std::move(bytes)));
  if (answer.header.request != sha256(request)) return stranger();
  return answer;
}

Status keep_welcome(sqlite::LaptopStore& store, const Welcome& welcome, const std::string& url) {
  CountyTies ties;
  ties.url = url;
  for (const Bytes& der : welcome.answer.trusted) ties.authorities.push_back({der});
  ties.certificate = {welcome.answer.certificate};
  ties.known_ms = welcome.county_time_ms;
  KX_CHECK(keep_statements(store, welcome.answer.keys));
  KX_CHECK(store.note_county(welcome.county));
  KX_CHECK(store.set_setting("device_name", welcome.answer.name));
  KX_CHECK(store.set_setting("device_role", welcome.answer.role));
  return keep_ties(store, ties);
}

}  // namespace

Status enrol(sqlite::LaptopStore& store, const std::string& url, const std::string& code_text, Clock& clock,
             Random& random, const Running& running) {
  KX_TRY(checked, county_url(url));
  KX_TRY(code, wire::parse_enrolment_code(code_text));
  KX_TRY(known, store.known_county());
  KX_TRY(tls, tls_key(store.folder(), random));
  KX_TRY(applicant, applicant_of(store));
  certificates::ClientTls::Settings settings;
  settings.fingerprint = certificates::ClientTls::Fingerprint{code.fingerprint};
  KX_TRY(link, open_secure_link(checked, settings, running));
  KX_TRY(answer, ask_to_enrol(*link, applicant, code, tls.public_key(), clock));
  for (int conflicts = 1; answer.header.code == wire::AnswerCode::device_conflict; ++conflicts) {
    if (conflicts > limits::epoch_conflicts_max) break;
    KX_TRY(other, applicant_after_conflict(store, applicant));
    applicant = std::move(other);
    KX_TRY(other_link, open_secure_link(checked, settings, running));
    link = std::move(other_link);
    KX_TRY(again, ask_to_enrol(*link, applicant, code, tls.public_key(), clock));
    answer = std::move(again);
  }
  KX_TRY(welcome, read_welcome(answer, *link));
  if (known.county != Uuid{} && known.county != welcome.county.county) return another_county();
  KX_CHECK(keep_welcome(store, welcome, checked));
  // Last: what moves into the new epoch relies on all that was kept above.
  return applicant.next.has_value() ? store.enter_epoch(*applicant.next, applicant.first_lost) : Status();
}

Result<EnrolledPerson> enrol_person(sqlite::LaptopStore& store, const std::string& code_text,
                                    const SigningKey& person_key, Clock& clock, Random& random,
                                    const Running& running) {
  KX_TRY(code, wire::parse_enrolment_code(code_text));
  KX_TRY(link, open_county_link(store, {}, random, running));
  const Hash proof =
      wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), store.own_writer(), person_key.public_key());
  KX_TRY(body, ask(*link, store, clock,
                   wire::EnrolPersonRequest{proof, person_key.public_key(), person_key.sign(proof.bytes)}));
  const auto& welcome = std::get<wire::EnrolPersonAnswer>(body);
  return EnrolledPerson{welcome.person, welcome.name, welcome.certificate_number, welcome.role};
}

}  // namespace kuangxun::client
