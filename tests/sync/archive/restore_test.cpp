// A county in an archive, and again in another database.
#include <doctest/doctest.h>

#include <algorithm>

#include "db/records/kinds.h"
#include "sync/archive/archive.h"
#include "sync/archive/prove_county.h"
#include "sync/ledger/decisions.h"
#include "sync/ledger/follow.h"
#include "sync/sqlite/county_database.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

Bytes archive_of(TestCounty& county) {
  Bytes bytes;
  must(archive::write_archive(county.store(), {}, [&](ByteView more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
    return Status();
  }));
  return bytes;
}

void read_into(const Bytes& bytes, ports::CountyStore& store) {
  std::size_t at = 0;
  must(archive::read_archive(
      [&](std::span<std::uint8_t> buffer) -> Result<std::size_t> {
        const std::size_t count = std::min(buffer.size(), bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, buffer.begin());
        at += count;
        return count;
      },
      store));
}

}  // namespace

TEST_CASE("a restored county knows its people, its laptops and what it decided, and judges nothing a second time") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号", records::Role::reviewer);
    ExampleLaptop other = county.enrol("二号");
    county.enrol_person("示例人员", records::Role::reviewer);
    laptop.enter(example_record(records::kind_of(records::kinds::visit), county.clock(), county.random()));
    // A number where a text belongs: hidden by a decision that stands behind it.
    laptop.edit(make_uuid(county.clock(), county.random()), records::kinds::visit, 9, {{9, std::int64_t{5}}});
    county.push_all(laptop);
    REQUIRE(county.decisions() == 1);

    TemporaryFolder folder;
    auto store = must(sql::SqlStore::open(
        must(sqlite_county::open_database(folder / "restored.gpkg", sqlite_county::Access::create)), true));
    read_into(archive_of(county), *store);
    must(ledger::follow_county(*store, county.clock(), county.random()));
    CHECK(must(store->dump()) == county.dump());
    const auto restored = must(ledger::County::open({*store, county.secrets(), county.clock(), county.random()}));
    CHECK(restored->registry().devices().size() == 2);
    CHECK(restored->registry().persons().size() == 1);
    CHECK(restored->registry().decisions().size() == 1);
    CHECK(restored->state().latest_sequence() == county.county().state().latest_sequence());
    CHECK(must(archive::prove_county(*store)).ok());

    // A laptop that was enrolled before goes on at once.
    other.enter(example_record(records::kind_of(records::kinds::visit), county.clock(), county.random()));
    other.seal();
    ledger::PushCounts counts;
    CHECK(must(ledger::push(*restored, {other.writer(), other.frames()}, counts)).refusal == wire::PushRefusal::none);
  });
}
