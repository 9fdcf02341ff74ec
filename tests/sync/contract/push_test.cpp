// What a county does with frames, on every kind of store.
#include <doctest/doctest.h>

#include <limits>

#include "db/records/kinds.h"
#include "sync/wire/receipt.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using wire::PushRefusal;

namespace {

constexpr records::FieldNumber visit_summary = 9;

records::Record example_of(TestCounty& county, records::KindNumber kind) {
  return example_record(records::kind_of(kind), county.clock(), county.random());
}

std::int64_t everything_kept(TestCounty& county) {
  return county.number(
      "SELECT (SELECT count(*) FROM sync_frame) + (SELECT count(*) FROM sync_operation)"
      " + (SELECT count(*) FROM sync_quarantine) + (SELECT count(*) FROM sync_parked)");
}

}  // namespace

TEST_CASE("pushed records stand in the tables, with a receipt") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const records::Record visit = example_of(county, records::kinds::visit);
    laptop.enter(visit);
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.refusal == PushRefusal::none);
    CHECK(answer.quarantined.empty());
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK_FALSE(county.row(visit.id()).empty());
    CHECK(county.number("SELECT count(*) FROM visit") == 1);

    const auto receipt = wire::open_receipt(answer.chain.receipt, county.authority().identity.key);
    REQUIRE(receipt.ok());
    CHECK(receipt->writer == laptop.writer());
    CHECK(receipt->stored_through == laptop.written().size());
    CHECK(receipt->frame == sha256(ByteView(laptop.frames().back()).first(208)));
    CHECK(receipt->county_time_ms == county.clock().now_ms());
  });
}

TEST_CASE("the same frames again change nothing and bring the same receipt") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_of(county, records::kinds::visit));
    laptop.seal();
    laptop.enter(example_of(county, records::kinds::gps_point));
    const wire::PushAnswer first = county.push_all(laptop);
    const std::string dump = county.dump();
    const std::int64_t kept = everything_kept(county);
    county.clock().advance_ms(60'000);
    const wire::PushAnswer second = county.push_all(laptop);
    CHECK(second.refusal == PushRefusal::none);
    CHECK(second.chain.receipt == first.chain.receipt);
    CHECK(second.chain.stored_through == first.chain.stored_through);
    CHECK(county.dump() == dump);
    CHECK(everything_kept(county) == kept);
    // One frame alone, the older one, is known too.
    CHECK(county.push(laptop, {laptop.frames().front()}).refusal == PushRefusal::none);
    CHECK(everything_kept(county) == kept);
  });
}

TEST_CASE("a frame whose predecessors are missing is a gap, and comes in when they have come") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    for (int i = 0; i < 3; ++i) {
      laptop.enter(example_of(county, records::kinds::finding));
      laptop.seal();
    }
    const wire::PushAnswer answer = county.push(laptop, {laptop.frames()[0], laptop.frames()[2]});
    CHECK(answer.refusal == PushRefusal::gap);
    CHECK(answer.refused_sequence > answer.chain.stored_through + 1);
    CHECK(county.number("SELECT count(*) FROM sync_frame") == 1);
    CHECK(county.push(laptop, laptop.frames()).refusal == PushRefusal::none);
    CHECK(county.number("SELECT count(*) FROM finding") == 3);
  });
}

TEST_CASE("another frame at the same place is a fork: refused, and kept") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    ExampleLaptop clone = laptop.clone();
    laptop.enter(example_of(county, records::kinds::finding));
    clone.enter(example_of(county, records::kinds::visit));
    CHECK(county.push_all(laptop).refusal == PushRefusal::none);
    const std::string dump = county.dump();
    const wire::PushAnswer answer = county.push_all(clone);
    CHECK(answer.refusal == PushRefusal::fork);
    CHECK(answer.refused_sequence == 1);
    CHECK(county.dump() == dump);
    CHECK(county.number("SELECT count(*) FROM sync_quarantine WHERE code = 3") == 1);
    // The bytes are there, whole.
    const auto kept = county.store().quarantines(laptop.writer(), 10);
    REQUIRE(kept.ok());
    REQUIRE(kept->size() == 1);
    CHECK(kept->front().frame_bytes == clone.frames().front());
    county.push_all(clone);
    CHECK(county.number("SELECT count(*) FROM sync_quarantine") == 1);

    // The laptop itself goes on.
    laptop.enter(example_of(county, records::kinds::finding));
    CHECK(county.push_all(laptop).refusal == PushRefusal::none);
  });
}

TEST_CASE("a frame cut at any byte, or with any bit turned, is refused and leaves no trace") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.edit(make_uuid(county.clock(), county.random()), records::kinds::visit, visit_summary,
                {{visit_summary, std::string("示例")}});
    const Bytes frame = laptop.seal();
    for (std::size_t size = 0; size < frame.size(); ++size) {
      const Bytes part(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
      REQUIRE(county.push(laptop, {part}).refusal == PushRefusal::malformed);
    }
    for (std::size_t bit = 0; bit < frame.size() * 8; bit += 3) {
      Bytes turned = frame;
      turned[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      REQUIRE(county.push(laptop, {turned}).refusal != PushRefusal::none);
    }
    CHECK(everything_kept(county) == 0);
    CHECK(county.push(laptop, {frame}).refusal == PushRefusal::none);
  });
}

TEST_CASE("another device's frame is refused, signed as well as it may be") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    second.enter(example_of(county, records::kinds::visit));
    second.seal();
    CHECK(county.push(first, second.frames()).refusal == PushRefusal::wrong_writer);
    CHECK(everything_kept(county) == 0);
  });
}

TEST_CASE("what precedes a refused frame counts") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_of(county, records::kinds::finding));
    laptop.seal();
    const wire::PushAnswer answer = county.push(laptop, {laptop.frames()[0], Bytes(300, 9)});
    CHECK(answer.refusal == PushRefusal::malformed);
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(county.number("SELECT count(*) FROM finding") == 1);
  });
}

TEST_CASE("a signed frame that holds no operations is kept, quarantined, and blocks nothing behind it") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    laptop.edit(record, records::kinds::visit, visit_summary, {{visit_summary, std::string("看不懂")}});
    laptop.replace_last_frame(with_payload(laptop.seal(), Bytes(100, 0xee), laptop.key()));
    laptop.enter(example_of(county, records::kinds::finding));
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.refusal == PushRefusal::none);
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(answer.chain.applied_through == laptop.written().size());
    REQUIRE(answer.quarantined.size() == 1);
    CHECK(answer.quarantined.front().first_sequence == 1);
    CHECK(answer.quarantined.front().code == wire::QuarantineCode::undecodable);
    CHECK(county.number("SELECT count(*) FROM finding") == 1);
    CHECK(county.number("SELECT count(*) FROM visit") == 0);
    CHECK(county.number("SELECT count(*) FROM sync_frame WHERE state = 2") == 1);
  });
}

TEST_CASE("an operation that contradicts its record's description is quarantined alone") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const auto record = [&] { return make_uuid(county.clock(), county.random()); };
    const auto point = records::kinds::gps_point;
    const auto unit = records::kinds::restoration_status;
    laptop.edit(record(), records::kinds::visit, visit_summary, {{visit_summary, std::int64_t{5}}});         // type
    laptop.edit(record(), records::kinds::visit, visit_summary, {{visit_summary, std::string("a\0b", 3)}});  // NUL
    laptop.edit(record(), records::kinds::visit, visit_summary, {{visit_summary, std::string("\xff")}});     // UTF-8
    laptop.edit(record(), unit, 5, {{8, Bytes{1, 2, 3}}});              // no outline
    laptop.edit(record(), point, 2, {{6, std::int64_t{1}}});            // group
    laptop.edit(record(), records::kinds::photo, 3, {{4, Bytes(31)}});  // no hash
    const auto bad = laptop.written().size();
    laptop.enter(example_of(county, records::kinds::finding));
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.quarantined.size() == bad);
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK(county.number("SELECT count(*) FROM finding") == 1);
    CHECK(county.number("SELECT count(*) FROM visit") == 0);
  });
}

TEST_CASE("values out of range are shown as they were recorded") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    constexpr std::int64_t degree = 1'000'000'000;
    laptop.edit(record, records::kinds::gps_point, 6, {{6, 91 * degree}, {7, 82 * degree}});
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.quarantined.empty());
    CHECK(county.row(record).find("91.000000000") != std::string::npos);
    CHECK(county.number("SELECT count(*) FROM gps_point WHERE position IS NULL") == 1);
  });
}

TEST_CASE("a day that no calendar names leaves its column empty and harms nothing else") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    laptop.edit(record, records::kinds::restoration_status, 3,
                {{3, std::int64_t{900'000'000'000}}, {4, std::int64_t{1}}});
    laptop.edit(record, records::kinds::restoration_status, 12, {{12, std::string("时钟坏了")}});
    county.clock().set_wall_ms(std::numeric_limits<std::int64_t>::max());
    laptop.edit(record, records::kinds::restoration_status, 9, {{9, std::int64_t{5}}});
    county.clock().set_wall_ms(0);
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.quarantined.empty());
    CHECK(county.row(record).find("时钟坏了") != std::string::npos);
    CHECK(county.number("SELECT count(*) FROM restoration_status WHERE observed_on IS NULL AND state = 'untreated'") ==
          1);
  });
}

TEST_CASE("kinds, groups and fields of a newer program are kept and do not disturb") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    laptop.edit(record, 9999, 7, {{7, std::string("新的")}});
    const records::Record visit = example_of(county, records::kinds::visit);
    laptop.enter(visit);
    laptop.edit(visit.id(), records::kinds::visit, 900, {{900, std::string("新字段")}});
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.quarantined.empty());
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK(county.number("SELECT count(*) FROM sync_operation WHERE state = 0") ==
          static_cast<std::int64_t>(laptop.written().size()));
    CHECK_FALSE(county.row(visit.id()).empty());
  });
}

TEST_CASE("frames stored when the county was killed are applied when it starts again") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_of(county, records::kinds::visit));
    const auto parsed = frames::parse_frame(laptop.seal());
    REQUIRE(parsed.ok());
    {
      auto transaction = server::Transaction::begin(county.store());
      REQUIRE(transaction.ok());
      REQUIRE(county.store()
                  .add_frame({laptop.writer(), 1, parsed->header.last_sequence(), parsed->hash(), {}, parsed->bytes, 0})
                  .ok());
      wire::ChainState chain;
      chain.stored_through = parsed->header.last_sequence();
      chain.last_frame = parsed->hash();
      REQUIRE(county.store().set_chain(laptop.writer(), chain).ok());
      REQUIRE(transaction->commit().ok());
    }
    CHECK(county.number("SELECT count(*) FROM visit") == 0);
    REQUIRE(server::apply_stored(county.store(), county.authority().identity, county.clock()).ok());
    CHECK(county.number("SELECT count(*) FROM visit") == 1);
    const auto chain = county.store().chain(laptop.writer());
    REQUIRE(chain.ok());
    CHECK(chain->applied_through == chain->stored_through);
  });
}
