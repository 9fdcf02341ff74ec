// A county reports to its prefecture by files, on every database.
#include <doctest/doctest.h>

#include "db/base/files.h"
#include "db/records/kinds.h"
#include "sync/upward/package.h"
#include "sync/upward/receipt.h"
#include "tests/sync/upward/line.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("three periods with receipts that are lost, late and repeated: the prefecture shows what the county shows") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    const auto first = line.write("1");
    const auto read = must(line.read("1"));
    CHECK(read.frames == first.frames);
    CHECK(line.dump() == county.dump());
    // Its receipt is late: the second period begins where the first did.
    line.work();
    CHECK(line.write("2").entry.first_sequence == 1);
    line.take_receipt(read.receipt);
    line.take_receipt(read.receipt);
    line.work();
    const auto third = line.write("3");
    CHECK(third.entry.first_sequence == first.entry.through + 1);
    const auto of_third = must(line.read("3"));
    CHECK(line.dump() == county.dump());
    // The second comes after the third, and all of them come again.
    const auto of_second = must(line.read("2"));
    CHECK(of_second.outcome == upward::PackageOutcome::superseded);
    CHECK(of_second.receipt == of_third.receipt);
    const auto again = must(line.read("1"));
    CHECK(again.outcome == upward::PackageOutcome::known);
    CHECK(again.receipt == read.receipt);
    line.take_receipt(of_third.receipt);
    const auto rows = must(line.ledger().packages());
    CHECK(upward::newest_receipted(rows, county.county().state().incarnation)->through == third.entry.through);
    // Nothing happened: still a word.
    line.clock.advance_ms(1000);
    CHECK(line.write("4").frames == 0);
    CHECK(must(line.read("4")).outcome == upward::PackageOutcome::taken);
  });
}

TEST_CASE("what the county hides is hidden at the prefecture, without a decision of its own") {
  on_every_line([](TestCounty& county, Line& line) {
    // A number where a text belongs: the county hides it by a decision that stands behind it.
    line.laptop.edit(make_uuid(county.clock(), county.random()), records::kinds::visit, 9, {{9, std::int64_t{5}}});
    line.work();
    const std::size_t decisions = county.decisions();
    CHECK(decisions == 1);
    line.write("1");
    must(line.read("1"));
    auto store = must(line.open(county.id()));
    CHECK(must(store->state()).latest_sequence() == county.county().state().latest_sequence());
    CHECK(county.decisions() == decisions);
    CHECK(line.dump() == county.dump());
  });
}

TEST_CASE("no altered, missing or added byte is taken, sealed or not") {
  for (const bool is_sealed : {false, true}) {
    TemporaryFolder home;
    const auto county = county_on_sqlite(home);
    Line line(*county);
    line.work();
    upward::PackageWish wish;
    wish.is_sealed = is_sealed;
    line.write("whole", wish);
    const Bytes whole = must(read_file(line.folder.path() / "whole", 1 << 20));
    std::size_t accepted = 0;
    const auto is_taken = [&](const Bytes& bytes) {
      must(write_file_durably(line.folder.path() / "part", bytes));
      return line.read("part").ok();
    };
    const std::size_t step = is_sealed ? 7 : 1;
    for (std::size_t at = 0; at < whole.size(); at += step) {
      Bytes altered = whole;
      altered[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
      accepted += is_taken(altered) ? 1 : 0;
      accepted += is_taken(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at))) ? 1 : 0;
    }
    Bytes longer = whole;
    longer.push_back(0);
    accepted += is_taken(longer) ? 1 : 0;
    CHECK(accepted == 0);
    CHECK(line.frames() == 0);
    CHECK(is_taken(whole));
  }
}

TEST_CASE("a gap, a stranger, a wrong fingerprint and a foreign receipt are refused in words") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  line.work();
  line.write("1");
  const auto first = must(line.read("1"));
  line.take_receipt(first.receipt);
  line.work();
  line.write("2");
  const auto second = must(line.read("2"));
  line.take_receipt(second.receipt);
  line.work();
  line.write("3");

  line.lose_prefecture();
  const auto stranger = line.read("1");
  REQUIRE_FALSE(stranger.ok());
  CHECK(stranger.error().message().find("trust") != std::string::npos);
  must(upward::trust(*line.prefecture, county->id(), "0000-0000-0000-0000-0000"));
  CHECK(line.read("1").error().code() == ErrorCode::refused);
  must(upward::trust(*line.prefecture, county->id(), upward::fingerprint_of(county->key().public_key())));
  const auto gap = line.read("3");
  REQUIRE_FALSE(gap.ok());
  CHECK(gap.error().message().find("--from-start") != std::string::npos);
  CHECK(line.frames() == 0);
  upward::PackageWish wish;
  wish.from_start = true;
  line.write("all", wish);
  CHECK(must(line.read("all")).outcome == upward::PackageOutcome::taken);
  CHECK(line.dump() == county->dump());

  const SigningKey other = SigningKey::generate(county->random());
  auto ledger = line.ledger();
  const Bytes forged = upward::seal_upward_receipt({county->id(), 1, 3, {}, 3, 1}, other);
  CHECK(upward::take_receipt(county->county(), ledger, forged).error().code() == ErrorCode::refused);
}

TEST_CASE("a county that was put back and does not say so is found out; when it says so, all of it is taken") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  line.work();
  must(county->sql().database().run("VACUUM INTO '" + (line.folder.path() / "old.gpkg").string() + "'", {}));
  line.work();
  line.write("1");
  must(line.read("1"));
  const std::uint64_t frames = line.frames();

  const auto old = county->restored_from(line.folder.path() / "old.gpkg");
  ExampleLaptop second = old->enrol("二号", records::Role::officer);
  second.enter(example_record(records::kind_of(records::kinds::visit), old->clock(), old->random()));
  REQUIRE(old->push_all(second).refusal == wire::PushRefusal::none);
  upward::Ledger ledger(old->sql(), old->id());
  upward::PackageWish wish;
  wish.path = line.folder.path() / "rewritten";
  must(upward::write_package(old->county(), ledger, wish));
  const auto refused = line.read("rewritten");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  CHECK(line.frames() == frames);

  must(ledger::begin_incarnation(old->county(), 0, 0));
  wish.path = line.folder.path() / "anew";
  must(upward::write_package(old->county(), ledger, wish));
  const auto taken = must(line.read("anew"));
  CHECK(taken.frames > 0);
  CHECK(line.frames() > frames);  // what the county lost is still here
}

TEST_CASE("a full stick leaves nothing behind and the county goes on") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  line.work();
  upward::PackageWish wish;
  wish.path = "/dev/full/package";
  auto ledger = line.ledger();
  CHECK_FALSE(upward::write_package(county->county(), ledger, wish).ok());
  line.write("1");
  CHECK(must(line.read("1")).number == 2);
}
