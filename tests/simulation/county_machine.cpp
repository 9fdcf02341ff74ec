#include "tests/simulation/county_machine.h"

#include <cassert>

#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "sync/ledger/administration.h"
#include "sync/ledger/apply_stored.h"
#include "sync/requests/enrolment.h"
#include "sync/wire/enrolment_code.h"
#include "tests/simulation/failure.h"

namespace kuangxun::simulation {

class CountyMachine::Secrets final : public ports::SecretKeys {
 public:
  Result<SigningKey> find(const PublicKey& key) override {
    const auto found = seeds_.find(key);
    if (found == seeds_.end()) return Error(ErrorCode::not_found, "no such key");
    return SigningKey::from_seed(found->second);
  }
  Result<std::vector<ExchangeSecret>> bundle_secrets() {
    std::vector<ExchangeSecret> secrets;
    for (const auto& [key, seed] : seeds_) {
      KX_TRY(signing, SigningKey::from_seed(seed));
      KX_TRY(secret, ExchangeSecret::of(signing));
      secrets.push_back(std::move(secret));
    }
    return secrets;
  }
  void keep(const SigningKey& key) { seeds_[key.public_key()] = Bytes(key.seed().begin(), key.seed().end()); }
  Status keep_statements(const std::vector<Bytes>& sealed) override {
    if (sealed.size() > statements_.size()) statements_ = sealed;
    return {};
  }
  Result<std::vector<Bytes>> kept_statements() override { return statements_; }

 private:
  std::map<PublicKey, Bytes> seeds_;
  std::vector<Bytes> statements_;
};

class CountyMachine::Authority final : public ports::CertificateAuthority {
 public:
  Result<Bytes> issue(const history::WriterId&, const std::string&, const PublicKey& tls_key, std::int64_t) override {
    return Bytes(tls_key.bytes.begin(), tls_key.bytes.end());
  }
  Result<std::vector<Bytes>> trusted() override { return std::vector<Bytes>{{1, 2, 3}}; }
};

class CountyMachine::Gauge final : public ports::DiskGauge {
 public:
  std::uint64_t free_bytes() override { return is_nearly_full ? 0 : std::uint64_t{1} << 40; }
  bool is_nearly_full = false;
};

struct CountyMachine::Program {
  std::unique_ptr<ports::CountyStore> store;
  std::unique_ptr<ledger::County> county;
  std::unique_ptr<requests::Exchange> exchange;
};

CountyMachine::CountyMachine(const Parts& parts, std::unique_ptr<CountyDisk> disk)
    : parts_(parts),
      clock_(parts.time),
      random_(random_stream(parts.plan.seed, 1)),
      secrets_(std::make_unique<Secrets>()),
      authority_(std::make_unique<Authority>()),
      gauge_(std::make_unique<Gauge>()),
      disk_(std::move(disk)) {
  id_ = make_uuid(clock_, random_);
  const auto store = disk_->open(strike_);
  demand_ok(ledger::found_county(parts_of(*store), id_, "示例县", new_key()), "founding the county");
}

CountyMachine::~CountyMachine() = default;

ledger::County::Parts CountyMachine::parts_of(ports::CountyStore& store) {
  return {store, *secrets_, clock_, random_};
}

ledger::CountyKeyFacts CountyMachine::new_key() {
  const SigningKey key = SigningKey::generate(random_);
  secrets_->keep(key);
  const auto bundle_key = exchange_key_of(key.public_key());
  demand_ok(bundle_key, "the county's bundle key");
  return {key.public_key(), *bundle_key, sha256(key.public_key().bytes)};
}

void CountyMachine::start() {
  if (is_up()) return;
  auto program = std::make_unique<Program>();
  program->store = disk_->open(strike_);
  auto county = ledger::County::open(parts_of(*program->store));
  demand_ok(county, "starting the county");
  program->county = std::move(county).value();
  requests::Exchange::Parts parts{*program->county, *authority_, *gauge_, [this](const std::string& line) {
                                    parts_.trace.tell(parts_.time.now_ms(), "county", [&] { return line; });
                                  }};
  if (!parts_.plan.applies_inline) parts.inline_frames_max = 0;
  program->exchange = std::make_unique<requests::Exchange>(std::move(parts));
  program_ = std::move(program);
}

void CountyMachine::stop() {
  program_.reset();
}

ledger::County& CountyMachine::county() {
  start();
  return *program_->county;
}

void CountyMachine::die(Fault fault) {
  parts_.tally.count(fault);
  parts_.trace.tell(parts_.time.now_ms(), "county", [] { return "killed"; });
  stop();
  parts_.time.after(minute_ms, [this] { start(); });
}

void CountyMachine::kill() {
  if (is_up()) die(Fault::county_killed);
}

template <class Work>
bool CountyMachine::run(const Work& work) {
  try {
    work();
  } catch (const tests::Killed&) {
    die(Fault::county_killed_writing);
    return false;
  }
  if (strike_.has_filled()) {
    parts_.tally.count(Fault::county_disk_full);
    parts_.time.after(hour_ms, [this] { strike_.disarm(); });
  }
  return true;
}

std::optional<requests::Reply> CountyMachine::answer(const Bytes& request, const requests::Peer& peer) {
  if (!is_up()) return std::nullopt;
  std::optional<requests::Reply> reply;
  if (!run([&] { reply = program_->exchange->answer(request, peer); })) return std::nullopt;
  return reply;
}

void CountyMachine::keep_partial(ByteView beginning, const requests::Peer& peer) {
  if (is_up()) run([&] { program_->exchange->keep_partial(beginning, peer); });
}

std::optional<Result<bundle::ReadBundle>> CountyMachine::read_bundle(const std::filesystem::path& path,
                                                                     const std::filesystem::path& answers) {
  if (!is_up()) return std::nullopt;
  const auto secrets = secrets_->bundle_secrets();
  demand_ok(secrets, "the county's bundle keys");
  std::optional<Result<bundle::ReadBundle>> read;
  const bool lives = run([&] {
    ledger::County& county = *program_->county;
    if (const Status refreshed = county.refresh(); !refreshed.ok()) {
      read.emplace(refreshed.error());
      return;
    }
    requests::Peer peer;
    peer.carrier = requests::Peer::Carrier::bundle;
    const bundle::County desk{id_, *secrets,
                              [&](const history::WriterId& writer) -> Result<std::optional<PublicKey>> {
                                const rights::Device* device = county.registry().find_device(writer);
                                return device == nullptr ? std::optional<PublicKey>() : std::optional(device->key);
                              },
                              [&](Bytes request) { return program_->exchange->answer(std::move(request), peer).body; },
                              clock_};
    read.emplace(bundle::read_bundle(desk, path, answers));
    const Status applied = ledger::apply_all(county);
    static_cast<void>(applied);  // a full disk: the applier comes again
  });
  if (!lives) return std::nullopt;
  return read;
}

bool CountyMachine::apply_some() {
  if (!is_up()) return false;
  bool is_done = false;
  run([&] {
    const auto progress = ledger::apply_stored(*program_->county, 4);
    is_done = progress.ok() && progress->is_done;
  });
  return is_done;
}

std::string CountyMachine::invite(const std::string& name, records::Role role) {
  strike_.disarm();
  const std::string secret = "SECRET" + std::to_string(random_.below(1'000'000'000));
  demand_ok(
      requests::invite(county(), ports::TicketKind::device, {name, role, {}, {}}, wire::enrolment_secret_hash(secret)),
      "inviting " + name);
  return secret;
}

void CountyMachine::revoke(const history::WriterId& writer, std::uint64_t from_sequence) {
  strike_.disarm();
  const Status revoked = ledger::revoke_device(county(), writer, from_sequence, "示例原因");
  demand(revoked.ok() || revoked.error().code() == ErrorCode::not_found, "revoking a device");
}

bool CountyMachine::release_one(tests::SeededRandom& random) {
  strike_.disarm();
  std::vector<Uuid> hiding;
  for (const rights::Decision& decision : county().registry().decisions()) {
    // Who opens an ended chain again wants what is based on its twin to wait (tests/sync/contract/decision_test.cpp).
    const bool ends_a_chain = decision.code == records::decision_code::fork;
    if (decision.is_hidden && !ends_a_chain) hiding.push_back(decision.record);
  }
  if (hiding.empty()) return false;
  return ledger::release(county(), hiding[random.below(hiding.size())], "示例原因").ok();
}

void CountyMachine::rotate_key() {
  strike_.disarm();
  demand_ok(ledger::rotate_key(county(), new_key()), "rotating the county's key");
}

void CountyMachine::set_nearly_full(bool is_nearly_full) {
  gauge_->is_nearly_full = is_nearly_full;
}

std::unique_ptr<CountyDisk> CountyMachine::back_up() {
  stop();
  auto backup = disk_->copy();
  start();
  return backup;
}

void CountyMachine::restore(const CountyDisk& backup, bool is_announced) {
  stop();
  strike_.disarm();
  disk_ = backup.copy();
  start();
  if (is_announced) demand_ok(ledger::begin_incarnation(county(), 0, 0), "beginning an incarnation");
}

void CountyMachine::calm() {
  strike_.disarm();
  set_nearly_full(false);
  start();
}

}  // namespace kuangxun::simulation
