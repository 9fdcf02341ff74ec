#include "tests/simulation/sync_run.h"

#include "sync/engine/refusal.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/enrolment_code.h"
#include "tests/simulation/failure.h"

namespace kuangxun::simulation {

SyncRun::SyncRun(const Parts& parts, Finished finished)
    : parts_(parts), finished_(std::move(finished)), life_(parts.laptop.life()) {}

void SyncRun::begin() {
  LaptopMachine& laptop = parts_.laptop;
  ++parts_.tally.sessions;
  laptop.is_syncing = true;
  laptop.tell([] { return "begins to sync"; });
  if (laptop.code.empty()) return begin_dialogue();
  enrol();
}

void SyncRun::begin_dialogue() {
  LaptopMachine& laptop = parts_.laptop;
  dialogue_.emplace(laptop.program().frames(), nullptr, laptop.clock(), laptop.keep_keys());
  step([&] { return dialogue_->begin(); });
}

void SyncRun::enrol() {
  LaptopMachine& laptop = parts_.laptop;
  Status applied;
  if (!laptop.run([&] { applied = apply(); })) return finish();
  if (!applied.ok()) return fail(applied.error());
  const auto self = shared_from_this();
  later([self] { self->exchange(self->seal_enrolment()); });
}

// Under today's key, or under the next one when that is lost.
Status SyncRun::apply() {
  LaptopProgram& program = parts_.laptop.program();
  const history::WriterId today = program.frames().own_writer();
  if (program.has_key() && parts_.laptop.epochs_taken < today.epoch) {
    KX_TRY(key, SigningKey::from_seed(program.frames().signing_key().seed()));
    applicant_.emplace(Applicant{today, std::move(key), {}});
    return {};
  }
  KX_TRY(next, program.adopt_new_key(std::max(today.epoch, parts_.laptop.epochs_taken)));
  KX_TRY(key, program.prepared_key());
  applicant_.emplace(Applicant{{today.device, next.epoch}, std::move(key), next});
  return {};
}

Bytes SyncRun::seal_enrolment() {
  LaptopMachine& laptop = parts_.laptop;
  wire::EnrolRequest request;
  request.key = applicant_->key.public_key();
  request.proof = wire::enrolment_proof(wire::enrolment_secret_hash(laptop.code), applicant_->writer, request.key);
  request.tls_key = request.key;
  return wire::seal_request({Uuid{}, applicant_->writer, laptop.clock().now_ms()}, request, applicant_->key);
}

// The code's fingerprint is TLS's business: whoever answers is the county here.
Status SyncRun::enter_welcome(const wire::Answer& answer) {
  LaptopProgram& program = parts_.laptop.program();
  const auto body = wire::decode_answer_body(wire::MessageType::enrol, answer.body());
  demand_ok(body, "reading the welcome");
  const auto statements = wire::open_key_statements(std::get<wire::EnrolAnswer>(*body).keys, {});
  demand_ok(statements, "the county's keys");
  const frames::KnownCounty county = wire::known_county(*statements);
  const auto key = county.key_of(answer.header.county_epoch);
  demand(key.has_value() && wire::is_signed_by(answer, *key), "the welcome is not signed by the county");
  parts_.laptop.statements = *statements;
  KX_CHECK(program.frames().note_county(county));
  if (!applicant_->next.has_value()) return {};
  // Of what was written under a name that the county knows with another key, nothing can come in under it.
  KX_TRY(first_unsealed, program.first_unsealed());
  const std::uint64_t first_lost = program.has_key() ? 1 : first_unsealed;
  return program.frames().enter_epoch(*applicant_->next, first_lost);
}

void SyncRun::take_welcome(const Bytes& request, const Bytes& bytes) {
  LaptopMachine& laptop = parts_.laptop;
  const auto answer = wire::parse_answer(bytes);
  if (!answer.ok()) return fail(answer.error());
  if (answer->header.request != sha256(request)) return fail(engine::not_the_county());
  if (answer->header.code != wire::AnswerCode::done) {
    laptop.tell([&] { return "is not enrolled, code " + std::to_string(static_cast<int>(answer->header.code)); });
    if (answer->header.code == wire::AnswerCode::device_conflict) laptop.epochs_taken = applicant_->writer.epoch;
    if (answer->header.code == wire::AnswerCode::code_refused) laptop.code.clear();
    return fail(engine::refusal_error(answer->header.code));
  }
  Status entered;
  if (!laptop.run([&] { entered = enter_welcome(*answer); })) return finish();
  if (!entered.ok()) return fail(entered.error());
  laptop.is_enrolled = true;
  laptop.code.clear();
  laptop.refusals = 0;
  laptop.tell([] { return "is enrolled"; });
  applicant_.reset();
  begin_dialogue();
}

void SyncRun::step(const std::function<engine::Dialogue::Next()>& work) {
  LaptopMachine& laptop = parts_.laptop;
  std::optional<engine::Dialogue::Next> next;
  if (!laptop.run([&] { next = work(); })) return finish();
  if (next->ok() && next->value().has_value() && parts_.plan.laptop_kill_percent > 0 && !laptop.is_calm &&
      laptop.people().below(400) < parts_.plan.laptop_kill_percent) {
    laptop.die(Fault::laptop_killed);
    return finish();
  }
  go_on(*next);
}

void SyncRun::go_on(const engine::Dialogue::Next& next) {
  if (!next.ok()) return fail(next.error());
  if (!next->has_value()) return finish();
  const auto self = shared_from_this();
  later([self, request = **next] { self->exchange(request); });
}

void SyncRun::later(std::function<void()> event) {
  const auto self = shared_from_this();
  parts_.time.after(parts_.network.delay_ms(), [self, happen = std::move(event)] {
    if (self->is_over_) return;
    if (self->parts_.laptop.life() != self->life_) return self->finish();
    happen();
  });
}

void SyncRun::exchange(const Bytes& request) {
  LaptopMachine& laptop = parts_.laptop;
  constexpr std::uint64_t requests_max = 3000;
  demand(++outcome_.requests < requests_max, laptop.name() + ": a session that does not end");
  laptop.tell([&] {
    const auto parsed = wire::parse_request(request);
    return "asks (" + std::to_string(static_cast<int>(parsed->type)) + "), " + std::to_string(request.size()) +
           " bytes";
  });
  const Uuid device = laptop.program().frames().own_writer().device;
  const requests::Peer peer{requests::Peer::Carrier::tls, laptop.is_enrolled, false, device};
  take(request, parts_.network.carry(request, peer));
}

void SyncRun::take(const Bytes& request, Network::Delivery delivery) {
  using How = Network::Delivery::How;
  switch (delivery.how) {
    case How::broken:
      return broken(request);
    case How::full:
      return fail(Error(ErrorCode::unavailable, "the county's disk is nearly full"));
    case How::busy: {
      constexpr int pauses_max = 5;
      if (++pauses_ > pauses_max) return fail(Error(ErrorCode::unavailable, "the county is busy"));
      const auto self = shared_from_this();
      return later([self, request] { self->exchange(request); });
    }
    case How::answered:
      break;
  }
  // HTTP notices a cut; now and then the bytes are shown to the dialogue as if it had not.
  if (!delivery.is_whole && !parts_.laptop.people().chance_percent(30)) return broken(request);
  if (applicant_.has_value()) return take_welcome(request, delivery.answer);
  step([&] {
    auto next = dialogue_->answered(delivery.answer);
    demand(delivery.is_whole || !next.ok(), "an answer that was cut, or was not ours, was believed");
    return next;
  });
}

void SyncRun::broken(const Bytes& request) {
  if (!applicant_.has_value()) return step([&] { return dialogue_->cut(); });
  constexpr int breaks_max = 4;
  if (++breaks_ > breaks_max) return fail(Error(ErrorCode::unavailable, "the link keeps breaking"));
  const auto self = shared_from_this();
  later([self, request] { self->exchange(request); });
}

void SyncRun::fail(const Error& error) {
  outcome_.failure = error;
  finish();
}

void SyncRun::finish() {
  if (is_over_) return;
  is_over_ = true;
  LaptopMachine& laptop = parts_.laptop;
  outcome_.is_dead = laptop.life() != life_;
  if (!outcome_.is_dead) laptop.is_syncing = false;
  if (dialogue_.has_value()) outcome_.report = dialogue_->report();
  parts_.tally.requests_most = std::max(parts_.tally.requests_most, outcome_.requests);
  laptop.tell([&] {
    const engine::Report& report = outcome_.report;
    std::string text = outcome_.is_dead ? "sync died" : "sync ended";
    text += ": pushed " + std::to_string(report.pushed) + ", relayed " + std::to_string(report.relayed) + ", pulled " +
            std::to_string(report.pulled);
    if (report.new_epoch.has_value()) text += ", now in epoch " + std::to_string(*report.new_epoch);
    if (outcome_.failure.has_value()) text += ", failure: " + outcome_.failure->message();
    if (report.problem.has_value()) text += ", problem: " + report.problem->message();
    return text;
  });
  dialogue_.reset();
  finished_(outcome_);
}

}  // namespace kuangxun::simulation
