#include <doctest/doctest.h>

#include "db/records/kinds.h"
#include "sync/ledger/county.h"
#include "sync/ledger/county_writer.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using ledger::next_number;

namespace {
constexpr std::int64_t begin_2020_ms = 1'577'836'800'000;
}

TEST_CASE("an epoch is the seconds since 2020, and always a new one") {
  CHECK(next_number(1, begin_2020_ms + 90'000) == 90);
  CHECK(next_number(90, begin_2020_ms + 90'000) == 91);
  // A clock that lost its battery, and one that is far ahead.
  CHECK(next_number(500, 0) == 501);
  CHECK(next_number(0, -1) == 1);
  CHECK(next_number(7, begin_2020_ms + 1'000 * (std::int64_t{1} << 40)) == 0xffff'ffff);
}

TEST_CASE("a county that is restored twice from one backup gives no number two meanings") {
  // Both begin from the same state; only the clock tells them apart.
  const std::uint32_t first = next_number(100, begin_2020_ms + 1'000'000);
  const std::uint32_t second = next_number(100, begin_2020_ms + 1'001'000);
  CHECK(first != second);
}

TEST_CASE("what a transaction would have written is forgotten with it") {
  const auto county = county_in_memory();
  const auto write = [&](bool is_committed) {
    auto transaction = must(ledger::CountyTransaction::begin(county->county(), ports::Work::apply));
    const ledger::CountyEdit edit{make_uuid(county->clock(), county->random()), records::kinds::person, 1, {}};
    ledger::CountyEdit named = edit;
    named.values = {{1, std::string("示例")}};
    must(ledger::write_as_county(county->county(), transaction, {&named, 1}));
    CHECK(county->county().registry().persons().contains(named.record));
    if (is_committed) must(transaction.commit());
    return named.record;
  };
  const Uuid dropped = write(false);
  must(county->county().refresh());
  CHECK_FALSE(county->county().registry().persons().contains(dropped));
  const Uuid kept = write(true);
  must(county->county().refresh());
  CHECK(county->county().registry().persons().contains(kept));
}

TEST_CASE("each program writes the county's chain in an epoch of its own") {
  const auto county = county_in_memory();
  county->enrol("一号");
  const std::uint32_t of_first = county->county().state().epoch;
  county->enrol("二号");
  CHECK(county->county().state().epoch == of_first);
  county->reopen();
  county->enrol("三号");
  CHECK(county->county().state().epoch > of_first);
}
