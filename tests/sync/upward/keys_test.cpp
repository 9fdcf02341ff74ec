// What happens to the county's keys between two packages.
#include <doctest/doctest.h>

#include "db/records/kinds.h"
#include "tests/sync/upward/line.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("the county's key is rotated between packages and while one is on its way: nobody has to telephone") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    line.write("1");
    // On its way when the key changes.
    must(ledger::rotate_key(county.county(), county.new_key()));
    const auto first = must(line.read("1"));
    line.take_receipt(first.receipt);
    line.work();
    line.write("2");
    must(ledger::rotate_key(county.county(), county.new_key()));
    must(ledger::rotate_key(county.county(), county.new_key()));
    line.work();
    line.write("3");
    const auto second = must(line.read("2"));
    CHECK(second.outcome == upward::PackageOutcome::taken);
    CHECK(must(line.read("3")).outcome == upward::PackageOutcome::taken);
    CHECK(line.dump() == county.dump());
    CHECK(must(line.open(county.id()))->key_statements().value() == county.county().statements());
  });
}

TEST_CASE("a county that lost its key is believed again when somebody has compared the new fingerprint") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    line.write("1");
    line.take_receipt(must(line.read("1")).receipt);
    const PublicKey lost = county.key().public_key();
    const ledger::CountyKeyFacts fresh = county.new_key();
    county.secrets().lose(lost);
    must(ledger::replace_lost_key(county.parts(), fresh));
    county.reopen();
    line.work();
    line.write("2");

    const std::string before = line.dump();
    const auto refused = line.read("2");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code() == ErrorCode::refused);
    CHECK(refused.error().message().find("upward trust") != std::string::npos);
    CHECK(line.dump() == before);
    line.trust_key(county.key().public_key());
    CHECK(must(line.read("2")).outcome == upward::PackageOutcome::taken);
    CHECK(line.dump() == county.dump());
  });
}

TEST_CASE("whoever found a key that the county has put away cannot report in its name") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  line.work();
  must(county->sql().database().run("VACUUM INTO '" + (line.folder.path() / "stolen.gpkg").string() + "'", {}));
  must(ledger::rotate_key(county->county(), county->new_key()));
  line.work();
  line.write("1");
  must(line.read("1"));

  const auto thief = county->restored_from(line.folder.path() / "stolen.gpkg");
  ExampleLaptop second = thief->enrol("二号");
  second.enter(example_record(records::kind_of(records::kinds::visit), thief->clock(), thief->random()));
  REQUIRE(thief->push_all(second).refusal == wire::PushRefusal::none);
  upward::Ledger ledger(thief->sql(), thief->id());
  upward::PackageWish wish;
  wish.path = line.folder.path() / "forged";
  must(upward::write_package(thief->county(), ledger, wish));
  const std::string before = line.dump();
  const auto refused = line.read("forged");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  CHECK(line.dump() == before);
}
