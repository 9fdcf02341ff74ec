// The county's keys are rotated and lost, and its store is restored from a backup.
#include <doctest/doctest.h>

#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/receipt.h"
#include "tests/sync/support/asking.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using wire::AnswerCode;

namespace {

void write_finding(TestCounty& county, ExampleLaptop& laptop) {
  laptop.enter(example_record(records::kind_of(records::kinds::finding), county.clock(), county.random()));
  laptop.seal();
}

// Everything that a laptop can hold of a county after a pull from the start.
struct Pulled {
  std::map<history::WriterId, std::vector<Bytes>> chains;
  Bytes checkpoint;
};

Pulled pull_everything(Asking& asking, const ExampleLaptop& laptop) {
  Pulled pulled;
  const std::uint32_t incarnation = asking.county->county().state().incarnation;
  for (std::uint64_t cursor = 0;;) {
    const auto page = asking.ask<wire::PullAnswer>(laptop, wire::PullRequest{incarnation, cursor, 1 << 20});
    for (const auto& frame : page.frames) {
      pulled.chains[must(frames::parse_frame(frame.bytes)).header.writer].push_back(frame.bytes);
    }
    cursor = page.cursor;
    if (page.has_more) continue;
    pulled.checkpoint = page.checkpoint;
    pulled.chains[laptop.writer()] = laptop.frames();
    return pulled;
  }
}

}  // namespace

TEST_CASE("a key is rotated while laptops are away; those who know the old one believe the new one") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    write_finding(county, laptop);
    const frames::KnownCounty known_before = county.county().known();
    const PublicKey old_key = county.key().public_key();
    const std::uint32_t old_epoch = county.county().state().epoch;
    must(ledger::rotate_key(county.county(), county.new_key()));
    CHECK(county.key().public_key() != old_key);
    CHECK(county.county().state().epoch > old_epoch);
    CHECK(county.county().state().key_count == 2);

    const auto statements = must(wire::open_key_statements(county.county().statements(), known_before));
    REQUIRE(statements.size() == 2);
    CHECK(statements.back().key == county.key().public_key());
    CHECK(statements.back().first_epoch == county.county().state().epoch);
    CHECK_FALSE(statements.back().is_replacement);

    // What the laptop had written is taken, and the receipt is by the new key.
    const auto answer = county.push_all(laptop);
    CHECK(answer.refusal == wire::PushRefusal::none);
    CHECK_FALSE(wire::open_receipt(answer.chain.receipt, known_before).ok());
    CHECK(must(wire::open_receipt(answer.chain.receipt, county.county().known())).county_epoch ==
          county.county().state().epoch);
    // The county writes on, in a chain of its new epoch, about the same records.
    must(ledger::revoke_device(county.county(), laptop.writer(), 1, "示例"));
    CHECK(county.shown(records::kinds::finding) == 0);
    CHECK(county.shown(records::kinds::device) == 1);
    CHECK(must(county.store().chains(std::vector{county.county().writer()})).front().stored_through == 1);
  });
}

TEST_CASE("a lost key is replaced: laptops need a new code, and everything that was signed stays") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    write_finding(county, laptop);
    county.push_all(laptop);
    const frames::KnownCounty known_before = county.county().known();
    county.secrets().lose(county.key().public_key());
    CHECK_FALSE(ledger::County::open(county.parts()).ok());
    must(ledger::replace_lost_key(county.parts(), county.new_key()));
    const auto again = must(ledger::County::open(county.parts()));
    CHECK(again->state().key_count == 2);
    const auto disbelieved = wire::open_key_statements(again->statements(), known_before);
    REQUIRE_FALSE(disbelieved.ok());
    CHECK(disbelieved.error().code() == ErrorCode::refused);
    // With a new code nothing is known beforehand.
    const auto statements = must(wire::open_key_statements(again->statements(), {}));
    CHECK(statements.back().is_replacement);
    CHECK(again->registry().find_device(laptop.writer()) != nullptr);
    CHECK(county.shown(records::kinds::finding) == 1);
    ledger::PushCounts counts;
    write_finding(county, laptop);
    CHECK(must(ledger::push(*again, {laptop.writer(), laptop.frames()}, counts)).refusal == wire::PushRefusal::none);
  });
}

TEST_CASE("there is one county in a store") {
  on_every_store([](TestCounty& county) {
    const Status again = ledger::found_county(county.parts(), Uuid{{3}}, "另一个", county.new_key());
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code() == ErrorCode::bad_input);
    CHECK(must(county.store().state()).county == county.id());
    CHECK(must(county.store().key_statements()).size() == 1);
  });
}

TEST_CASE("a county that was restored from a backup is told so by its own signature, and gets everything back") {
  Asking asking;
  TestCounty& county = *asking.county;
  ExampleLaptop first = county.enrol("一号");
  ExampleLaptop second = county.enrol("二号");
  write_finding(county, first);
  county.push_all(first);
  const std::string backup = (asking.folder.path() / "backup.gpkg").string();
  must(county.sql().database().run("VACUUM INTO '" + backup + "'", {}));

  // After the backup: another laptop, records, a decision.
  county.clock().advance_ms(60'000);
  ExampleLaptop third = county.enrol("三号");
  for (ExampleLaptop* laptop : {&first, &second, &third}) {
    write_finding(county, *laptop);
    county.push_all(*laptop);
  }
  must(ledger::quarantine(county.county(), third.writer(), {1, 1}, "示例"));
  const Pulled pulled = pull_everything(asking, second);
  const std::string lost = county.dump();

  Asking after(county.restored_from(backup));
  TestCounty& restored = *after.county;
  CHECK(restored.dump() != lost);
  CHECK(after.ask<wire::StatusAnswer>(second, wire::StatusRequest{}).latest_sequence == 3);
  // The third is certified, and the county does not know it: it may show the signature and bring the county's own
  // frames, nothing else.
  CHECK(after.code_of(third, wire::StatusRequest{}) == AnswerCode::done);
  CHECK(after.code_of(third, wire::PullRequest{1, 0, 1}) == AnswerCode::unknown_device);
  CHECK(after.code_of(third, wire::PushRequest{third.writer(), third.frames()}) == AnswerCode::unknown_device);

  const auto claimed = after.ask<wire::ClaimAnswer>(second, wire::ClaimRequest{pulled.checkpoint});
  CHECK(claimed.incarnation > 1);
  CHECK(after.ask<wire::ClaimAnswer>(third, wire::ClaimRequest{pulled.checkpoint}).incarnation == claimed.incarnation);
  CHECK(restored.county().state().epoch > county.county().state().epoch);
  CHECK(after.code_of(second, wire::PullRequest{1, 3, 1}) == AnswerCode::other_incarnation);
  CHECK(after.code_of(second, wire::ClaimRequest{Bytes(161)}) == AnswerCode::malformed);

  // The county's own chains first, then everybody's.
  int own_chains = 0;
  for (const auto& [writer, frames] : pulled.chains) {
    if (writer.device != restored.id()) continue;
    ++own_chains;
    const auto brought = after.ask<wire::PushAnswer>(third, wire::PushRequest{writer, frames});
    CHECK(brought.refusal == wire::PushRefusal::none);
    CHECK(brought.chain.applied_through == brought.chain.stored_through);
  }
  CHECK(own_chains > 0);
  CHECK(restored.county().registry().find_device(third.writer()) != nullptr);
  for (const auto& [writer, frames] : pulled.chains) {
    CHECK(after.ask<wire::PushAnswer>(second, wire::PushRequest{writer, frames}).refusal == wire::PushRefusal::none);
  }
  restored.apply_all();
  CHECK(restored.dump() == lost);
  CHECK(restored.shown(records::kinds::finding) == county.shown(records::kinds::finding));
  // Again changes nothing.
  const std::uint64_t latest = restored.county().state().latest_sequence();
  for (const auto& [writer, frames] : pulled.chains) restored.push(writer, frames);
  CHECK(restored.county().state().latest_sequence() == latest);
}

TEST_CASE(
    "a laptop enrolled twice under one name, by a county and by its restored self: what the other key signed is kept") {
  Asking asking;
  TestCounty& county = *asking.county;
  const ExampleLaptop second = county.enrol("二号");
  const std::string backup = (asking.folder.path() / "backup.gpkg").string();
  must(county.sql().database().run("VACUUM INTO '" + backup + "'", {}));
  ExampleLaptop laptop = county.enrol("一号");
  write_finding(county, laptop);
  county.push_all(laptop);
  const Pulled pulled = pull_everything(asking, second);

  Asking after(county.restored_from(backup));
  TestCounty& restored = *after.county;
  restored.clock().advance_ms(3'600'000);
  const SigningKey key = SigningKey::generate(restored.random());
  restored.enrol(laptop.writer(), key.public_key(), "一号", records::Role::officer);
  // The county's old chain comes back, and with it the other key.
  after.ask<wire::ClaimAnswer>(second, wire::ClaimRequest{pulled.checkpoint});
  for (const auto& [writer, frames] : pulled.chains) {
    if (writer.device == restored.id()) after.ask<wire::PushAnswer>(second, wire::PushRequest{writer, frames});
  }
  restored.apply_all();
  const rights::Device* device = restored.county().registry().find_device(laptop.writer());
  REQUIRE(device->other_keys.size() == 1);
  const bool is_new_key_shown = device->key == key.public_key();
  CHECK(device->other_keys.front() == (is_new_key_shown ? laptop.key().public_key() : key.public_key()));

  const history::Operation& first = laptop.written().front();
  const Bytes by_new = frames::seal_frame({&first, 1}, Hash{}, {}, key).bytes;
  const auto push = [&](const std::vector<Bytes>& frames) {
    return after.ask<wire::PushAnswer>(second, wire::PushRequest{laptop.writer(), frames}).refusal;
  };
  const std::vector<Bytes> others = is_new_key_shown ? laptop.frames() : std::vector<Bytes>(1, by_new);
  CHECK(push(others) == wire::PushRefusal::fork);
  CHECK(restored.kept().forks == others.size());
  CHECK(restored.shown(records::kinds::finding) == 0);
  const ExampleLaptop stranger(restored.clock(), restored.random(), "陌生");
  CHECK(push({frames::seal_frame({&first, 1}, Hash{}, {}, stranger.key()).bytes}) == wire::PushRefusal::damaged);
}

TEST_CASE(
    "a county that was restored, and wrote and grew before anybody told it, gets its old chain back all the same") {
  Asking asking;
  TestCounty& county = *asking.county;
  ExampleLaptop first = county.enrol("一号");
  ExampleLaptop second = county.enrol("二号");
  const std::string backup = (asking.folder.path() / "backup.gpkg").string();
  must(county.sql().database().run("VACUUM INTO '" + backup + "'", {}));
  county.clock().advance_ms(60'000);
  const ExampleLaptop third = county.enrol("三号");
  write_finding(county, first);
  county.push_all(first);
  must(ledger::quarantine(county.county(), first.writer(), {1, 1}, "示例"));
  const Pulled pulled = pull_everything(asking, second);

  Asking after(county.restored_from(backup));
  TestCounty& restored = *after.county;
  const ExampleLaptop fourth = restored.enrol("四号");
  while (restored.county().state().latest_sequence() <= county.county().state().latest_sequence()) {
    write_finding(restored, second);
    restored.push_all(second);
  }
  const Pulled grown = pull_everything(after, second);
  CHECK(after.ask<wire::ClaimAnswer>(second, wire::ClaimRequest{grown.checkpoint}).incarnation == 1);
  CHECK(after.ask<wire::ClaimAnswer>(second, wire::ClaimRequest{pulled.checkpoint}).incarnation > 1);
  for (const auto& [writer, frames] : pulled.chains) {
    if (writer.device != restored.id()) continue;
    CHECK(after.ask<wire::PushAnswer>(second, wire::PushRequest{writer, frames}).refusal == wire::PushRefusal::none);
  }
  CHECK(restored.county().registry().find_device(third.writer()) != nullptr);
  CHECK(restored.county().registry().find_device(fourth.writer()) != nullptr);
  CHECK(restored.county().registry().is_decided({first.writer(), 1}));
}

TEST_CASE("a county that was restored twice from one backup gives no number two meanings") {
  Asking asking;
  TestCounty& county = *asking.county;
  const ExampleLaptop laptop = county.enrol("一号");
  const std::string backup = (asking.folder.path() / "backup.gpkg").string();
  must(county.sql().database().run("VACUUM INTO '" + backup + "'", {}));
  std::set<std::uint32_t> incarnations;
  std::set<std::uint32_t> epochs;
  county.clock().set_wall_ms(1'790'000'000'000);
  for (int i = 0; i < 3; ++i) {
    const std::string copy = (asking.folder.path() / ("copy" + std::to_string(i) + ".gpkg")).string();
    std::filesystem::copy_file(backup, copy);
    const auto restored = county.restored_from(copy);
    restored->clock().set_wall_ms(1'790'000'000'000 + i * 2000);
    must(ledger::begin_incarnation(restored->county(), 0, 0));
    CHECK(incarnations.insert(restored->county().state().incarnation).second);
    CHECK(epochs.insert(restored->county().state().epoch).second);
  }
  // A clock of 1970 gives the next number.
  county.clock().set_wall_ms(0);
  const std::uint32_t epoch = county.county().state().epoch;
  must(ledger::begin_incarnation(county.county(), 7, epoch + 4));
  CHECK(county.county().state().incarnation == 8);
  CHECK(county.county().state().epoch == epoch + 5);
}
