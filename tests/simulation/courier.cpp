#include "tests/simulation/courier.h"

#include "db/base/files.h"
#include "sync/bundle/read_answers.h"
#include "sync/wire/county_keys.h"
#include "tests/simulation/failure.h"

namespace kuangxun::simulation {
namespace {

constexpr std::uint64_t bundle_bytes_max = 64 << 20;

void demand_refused(const Status& status, const std::string& what) {
  demand(!status.ok(), what + " was believed");
}

}  // namespace

std::filesystem::path Courier::path(const std::string& name) {
  if (folder_ == nullptr) folder_ = std::make_unique<tests::TemporaryFolder>();
  return folder_->path() / name;
}

bool Courier::chance(unsigned percent, Fault fault) {
  if (is_calm_ || !random_.chance_percent(percent)) return false;
  parts_.tally.count(fault);
  parts_.trace.tell(parts_.time.now_ms(), "courier", [&] { return std::string(name_of(fault)); });
  return true;
}

std::int64_t Courier::road_ms() {
  if (is_calm_) return hour_ms;
  const std::int64_t most_ms = random_.chance_percent(60) ? day_ms : 9 * day_ms;
  return hour_ms + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most_ms)));
}

std::optional<Courier::Stick> Courier::write(LaptopMachine& laptop) {
  const auto recipient = bundle::recipient_of(laptop.statements);
  if (!recipient.ok() || !laptop.program().has_key()) return std::nullopt;
  Stick stick{&laptop, "stick-" + std::to_string(++sticks_), 0};
  bool is_written = false;
  const bool lives = laptop.run([&] {
    const auto written = bundle::write_bundle({laptop.program().frames(), nullptr, laptop.clock(), random_}, *recipient,
                                              path(stick.name));
    is_written = written.ok();
    laptop.tell([&] {
      return written.ok() ? "writes " + stick.name + ", " + std::to_string(written->frames) + " frames, " +
                                std::to_string(written->file.bytes) + " bytes"
                          : "writes no stick: " + written.error().message();
    });
  });
  if (!lives || !is_written) return std::nullopt;
  return stick;
}

bool Courier::take_from(LaptopMachine& laptop) {
  std::optional<Stick> stick = write(laptop);
  if (!stick.has_value()) return false;
  if (chance(parts_.plan.stick_loss_percent, Fault::stick_lost)) return true;
  parts_.time.after(road_ms(), [this, stick = *stick] { bring(stick); });
  if (chance(parts_.plan.stick_twice_percent, Fault::stick_brought_twice)) {
    parts_.time.after(road_ms(), [this, stick = *stick] { bring(stick); });
  }
  return true;
}

std::string Courier::damage(const std::string& name) {
  auto bytes = read_file(path(name), bundle_bytes_max);
  demand_ok(bytes, "reading a stick");
  if (random_.chance_percent(50)) {
    bytes->resize(random_.below(bytes->size()));
  } else {
    (*bytes)[random_.below(bytes->size())] ^= static_cast<std::uint8_t>(1 << random_.below(8));
  }
  const std::string damaged = name + ".damaged-" + std::to_string(++sticks_);
  demand_ok(write_file_durably(path(damaged), *bytes), "damaging a stick");
  return damaged;
}

// Nobody but the county can read it: not another county, whatever keys it has.
void Courier::try_elsewhere(const Stick& stick) {
  std::vector<ExchangeSecret> secrets;
  auto secret = ExchangeSecret::of(SigningKey::generate(random_));
  demand_ok(secret, "another county's key");
  secrets.push_back(std::move(*secret));
  const bundle::County elsewhere{make_uuid(stick.laptop->clock(), random_), secrets,
                                 [](const history::WriterId&) { return std::optional<PublicKey>(); },
                                 [](const Bytes&) -> Bytes { throw Failure("another county's bundle is answered"); },
                                 stick.laptop->clock()};
  const auto read = bundle::read_bundle(elsewhere, path(stick.name), {});
  demand(!read.ok() && read.error().code() == ErrorCode::refused, "a bundle for another county is not refused");
}

std::string Courier::read_at_county(Stick& stick) {
  const std::string answers = stick.name + ".back-" + std::to_string(++sticks_);
  const auto read = parts_.county.read_bundle(path(stick.name), path(answers));
  parts_.trace.tell(parts_.time.now_ms(), "county", [&] {
    if (!read.has_value()) return "does not live to read " + stick.name;
    if (!read->ok()) return "cannot read " + stick.name + ": " + read->error().message();
    return "reads " + stick.name + ": " + std::to_string((*read)->requests) + " requests, " +
           std::to_string((*read)->refused) + " refused";
  });
  ++stick.readings;
  if (!read.has_value()) return {};
  if (read->ok()) {
    parts_.tally.count(Fault::stick_carried);
    return answers;
  }
  const ErrorCode code = read->error().code();
  demand(code == ErrorCode::refused || code == ErrorCode::unavailable,
         "a sound bundle cannot be read: " + read->error().message());
  return {};
}

void Courier::bring(Stick stick) {
  if (chance(parts_.plan.stick_damage_percent, Fault::stick_damaged)) {
    const auto read = parts_.county.read_bundle(path(damage(stick.name)), {});
    if (read.has_value()) demand_refused(read->ok() ? Status() : read->error(), "a damaged bundle");
  }
  if (chance(parts_.plan.stick_damage_percent, Fault::stick_at_other_county)) try_elsewhere(stick);
  if (!is_calm_ && random_.chance_percent(parts_.plan.county_kill_percent)) {
    parts_.county.strike().kill_after(1 + random_.below(60));
  }
  const std::string answers = read_at_county(stick);
  if (answers.empty()) {
    constexpr int readings_max = 4;
    if (stick.readings < readings_max) parts_.time.after(hour_ms, [this, stick] { bring(stick); });
    return;
  }
  if (chance(parts_.plan.stick_loss_percent, Fault::answers_lost)) return;
  parts_.time.after(road_ms(), [this, stick, answers] { bring_home(stick, answers); });
}

Status Courier::absorb(LaptopMachine& laptop, const std::string& answers, std::uint64_t& pulled) {
  Status outcome;
  const bool lives = laptop.run([&] {
    const auto read = bundle::read_answers({laptop.program().frames(), nullptr, laptop.clock(), random_}, path(answers),
                                           laptop.keep_keys());
    if (!read.ok()) {
      outcome = read.error();
      return;
    }
    pulled = read->report.pulled;
    laptop.tell([&] {
      return "reads " + answers + ": pulled " + std::to_string(read->report.pulled) +
             (read->report.is_overtaken ? ", overtaken" : "") +
             (read->report.problem.has_value() ? ", problem: " + read->report.problem->message() : "");
    });
  });
  if (!lives) return Error(ErrorCode::unavailable, "the program was killed");
  if (!outcome.ok()) laptop.tell([&] { return "does not take " + answers + ": " + outcome.error().message(); });
  return outcome;
}

void Courier::bring_home(const Stick& stick, const std::string& answers) {
  LaptopMachine& laptop = *stick.laptop;
  if (laptop.is_revoked) return;
  if (laptop.is_syncing) {
    parts_.time.after(hour_ms, [this, stick, answers] { bring_home(stick, answers); });
    return;
  }
  std::uint64_t pulled = 0;
  if (!laptop.start() || !laptop.program().has_key()) return;
  if (chance(parts_.plan.stick_damage_percent, Fault::answers_damaged)) {
    demand_refused(absorb(laptop, damage(answers), pulled), "a damaged file of answers");
    if (!laptop.start()) return;
  }
  LaptopMachine* other = parts_.other_laptop(laptop);
  if (other != nullptr && other->start() && other->program().has_key() &&
      chance(parts_.plan.stick_damage_percent, Fault::answers_at_other_laptop)) {
    demand_refused(absorb(*other, answers, pulled), "another laptop's answers");
  }
  if (!laptop.start()) return;
  if (absorb(laptop, answers, pulled).ok()) {
    parts_.tally.count(Fault::answers_brought_home);
    if (pulled > 0) parts_.tally.count(Fault::stick_brought_news);
  }
  parts_.absorbed(laptop);
}

void Courier::round_trip(LaptopMachine& laptop) {
  std::optional<Stick> stick = write(laptop);
  if (!stick.has_value()) return;
  const std::string answers = read_at_county(*stick);
  if (answers.empty()) return;
  std::uint64_t pulled = 0;
  const Status taken = absorb(laptop, answers, pulled);
  demand(taken.ok() || taken.error().code() != ErrorCode::corrupt,
         laptop.name() + " cannot read sound answers: " + (taken.ok() ? "" : taken.error().message()));
  parts_.absorbed(laptop);
}

}  // namespace kuangxun::simulation
