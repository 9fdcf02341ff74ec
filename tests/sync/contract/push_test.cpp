// What a county does with frames, on every kind of store.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
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

const TestCounty::Kept nothing;

}  // namespace

TEST_CASE("pushed records stand in the tables, with a receipt") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const records::Record visit = example_of(county, records::kinds::visit);
    laptop.enter(visit);
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.refusal == PushRefusal::none);
    CHECK(county.decisions() == 0);
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK_FALSE(county.row(visit.id()).empty());
    CHECK(county.shown(records::kinds::visit) == 1);

    const auto receipt = wire::open_receipt(answer.chain.receipt, county.county().known());
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
    const TestCounty::Kept kept = county.kept();
    county.clock().advance_ms(60'000);
    const wire::PushAnswer second = county.push_all(laptop);
    CHECK(second.refusal == PushRefusal::none);
    CHECK(second.chain.receipt == first.chain.receipt);
    CHECK(second.chain.stored_through == first.chain.stored_through);
    CHECK(county.dump() == dump);
    CHECK(county.kept() == kept);
    // One frame alone, the older one, is known too.
    CHECK(county.push(laptop, {laptop.frames().front()}).refusal == PushRefusal::none);
    CHECK(county.kept() == kept);
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
    CHECK(county.kept().frames == 1);
    CHECK(county.push(laptop, laptop.frames()).refusal == PushRefusal::none);
    CHECK(county.shown(records::kinds::finding) == 3);
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
    // The bytes are there, whole.
    const auto kept = must(county.store().forks(10));
    REQUIRE(kept.size() == 1);
    CHECK(kept.front().writer == laptop.writer());
    CHECK(kept.front().bytes == clone.frames().front());
    county.push_all(clone);
    CHECK(must(county.store().forks(10)).size() == 1);
    CHECK(county.kept().forks == 1);

    // The laptop itself goes on.
    laptop.enter(example_of(county, records::kinds::finding));
    CHECK(county.push_all(laptop).refusal == PushRefusal::none);
  });
}

TEST_CASE("what stands behind a forked frame is kept with it, whoever brings it") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    ExampleLaptop clone = laptop.clone();
    laptop.enter(example_of(county, records::kinds::finding));
    CHECK(county.push_all(laptop).refusal == PushRefusal::none);
    for (int i = 0; i < 3; ++i) {
      clone.enter(example_of(county, records::kinds::visit));
      clone.seal();
    }
    const wire::PushAnswer answer = county.push_all(clone);
    CHECK(answer.refusal == PushRefusal::fork);
    CHECK(answer.refused_sequence == 1);
    const auto kept = must(county.store().forks(10));
    REQUIRE(kept.size() == 3);
    for (const Bytes& frame : clone.frames()) {
      CHECK(std::ranges::count(kept, frame, &ports::Fork::bytes) == 1);
    }
    county.push_all(clone);
    CHECK(must(county.store().forks(10)).size() == 3);
  });
}

TEST_CASE("a chain that goes on behind a fork is kept in whatever pieces it comes") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    ExampleLaptop clone = laptop.clone();
    laptop.enter(example_of(county, records::kinds::finding));
    CHECK(county.push_all(laptop).refusal == PushRefusal::none);
    const std::uint64_t through = laptop.written().size();
    for (std::size_t i = 0; i < 4 || clone.written().size() <= 2 * through; ++i) {
      clone.enter(example_of(county, records::kinds::visit));
      clone.seal();
    }
    std::uint64_t kept = 0;
    for (const Bytes& frame : clone.frames()) {
      CHECK(county.push(clone, {frame}).refusal == PushRefusal::fork);
      CHECK(county.kept().forks == ++kept);
    }
    CHECK(must(county.store().has_fork(frames::frame_hash(clone.frames().back()))));
    CHECK_FALSE(must(county.store().has_fork(frames::frame_hash(laptop.frames().back()))));
    CHECK(must(county.store().forked_through(clone.writer())) == clone.written().size());
    // What comes behind nothing that is here is a gap as before.
    ExampleLaptop other = county.enrol("二号");
    CHECK(must(county.store().forked_through(other.writer())) == 0);
    other.enter(example_of(county, records::kinds::visit));
    other.seal();
    other.enter(example_of(county, records::kinds::visit));
    other.seal();
    CHECK(county.push(other, {other.frames().back()}).refusal == PushRefusal::gap);
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
    CHECK(county.kept() == nothing);
    CHECK(county.push(laptop, {frame}).refusal == PushRefusal::none);
  });
}

TEST_CASE("a frame of a later format is told from a broken one") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_of(county, records::kinds::visit));
    laptop.seal();
    Bytes later = laptop.frames().front();
    later[4] = 2;
    CHECK(county.push(laptop, {later}).refusal == PushRefusal::newer_version);
    CHECK(county.kept() == nothing);
  });
}

TEST_CASE("another device's frame is refused, signed as well as it may be") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    second.enter(example_of(county, records::kinds::visit));
    second.seal();
    CHECK(county.push(first, second.frames()).refusal == PushRefusal::wrong_writer);
    // What the second is said to have written, signed by the first.
    const Bytes forged = frames::seal_frame(second.written(), Hash{}, Hash{}, first.key()).bytes;
    CHECK(county.push(first, {forged}).refusal == PushRefusal::wrong_writer);
    CHECK(county.push(second, {forged}).refusal == PushRefusal::damaged);
    CHECK(county.kept() == nothing);
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
    CHECK(county.shown(records::kinds::finding) == 1);
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
    REQUIRE(county.decisions() == 1);
    CHECK(county.newest_decision().writer == laptop.writer());
    CHECK(county.newest_decision().range == history::SequenceRange{1, 1});
    CHECK(county.newest_decision().code == records::decision_code::undecodable);
    CHECK(county.newest_decision().is_hidden);
    CHECK(county.shown(records::kinds::finding) == 1);
    CHECK(county.shown(records::kinds::visit) == 0);
    CHECK(county.kept().operations == laptop.written().size() - 1);
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
    // Each is covered by a decision; those with one reason, one after the other, by one.
    for (std::uint64_t sequence = 1; sequence <= bad; ++sequence) {
      CHECK(county.county().registry().visibility().is_covered({laptop.writer(), sequence}));
    }
    CHECK_FALSE(county.county().registry().visibility().is_covered({laptop.writer(), bad + 1}));
    CHECK(county.newest_decision().code == records::decision_code::meaningless);
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK(county.shown(records::kinds::finding) == 1);
    CHECK(county.shown(records::kinds::visit) == 0);
  });
}

TEST_CASE("values out of range are shown as they were recorded") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    constexpr std::int64_t degree = 1'000'000'000;
    laptop.edit(record, records::kinds::gps_point, 6, {{6, 91 * degree}, {7, 82 * degree}});
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(county.decisions() == 0);
    CHECK(county.shown(records::kinds::gps_point) == 1);
    if (!county.is_sql()) return;
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
    CHECK(county.decisions() == 0);
    CHECK(county.row(record).find("|") != std::string::npos);
    if (!county.is_sql()) return;
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
    CHECK(county.decisions() == 0);
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK(county.kept().operations == laptop.written().size());
    CHECK(county.kept().parked == 0);
    CHECK_FALSE(county.row(visit.id()).empty());
  });
}

TEST_CASE("frames stored when the county was killed are applied when it starts again") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_of(county, records::kinds::visit));
    laptop.seal();
    ledger::PushCounts counts;
    const auto answer = must(ledger::push(county.county(), {laptop.writer(), laptop.frames()}, counts));
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(answer.chain.applied_through == 0);
    CHECK(counts.operations == laptop.written().size());
    CHECK(county.shown(records::kinds::visit) == 0);
    CHECK(must(county.store().counts()).oldest_unapplied_ms == county.clock().now_ms());

    const auto next_start = must(ledger::County::open(county.parts()));
    must(ledger::apply_all(*next_start));
    CHECK(county.shown(records::kinds::visit) == 1);
    const ports::Chain chain = must(county.store().chains({&laptop.writer(), 1})).front();
    CHECK(chain.applied_through == chain.stored_through);
    CHECK(must(county.store().counts()).oldest_unapplied_ms == 0);
  });
}

TEST_CASE("each frame is a leaf of the tree whose root a checkpoint names") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    for (int i = 0; i < 5; ++i) {
      laptop.enter(example_of(county, records::kinds::finding));
      laptop.seal();
    }
    county.push_all(laptop);
    frames::Frontier frontier;
    for (const ports::StoredFrame& frame : must(county.store().page(0, {}, {1 << 24, 100, 0})).frames) {
      CHECK(frame.county_sequence == frontier.size() + 1);
      CHECK(frame.hash == frames::frame_hash(frame.bytes));
      frontier.append(frames::frame_hash(frame.bytes));
    }
    must(county.county().refresh());
    CHECK(frontier == county.county().state().frontier);
    CHECK(frontier.size() == 6);  // the device's record first
  });
}

TEST_CASE("another laptop brings a writer's frames home") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop lost = county.enrol("一号");
    lost.enter(example_of(county, records::kinds::visit));
    lost.seal();
    // The county asks nobody who carried them: the writer's key has signed.
    CHECK(county.push(lost.writer(), lost.frames()).refusal == PushRefusal::none);
    CHECK(county.shown(records::kinds::visit) == 1);
    const ExampleLaptop stranger(county.clock(), county.random(), "陌生");
    CHECK(county.push(stranger.writer(), lost.frames()).refusal == PushRefusal::wrong_writer);
  });
}
