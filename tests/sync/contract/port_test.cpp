// The CountyStore port itself, on every kind of store.
#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/ledger/attachments.h"
#include "sync/ledger/intake.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

Bytes example_file(TestCounty& county, std::size_t size) {
  Bytes file(size);
  county.random().fill(file);
  return file;
}

wire::AttachmentPutRequest chunk_of(const Bytes& file, const wire::AttachmentName& name, std::uint32_t index) {
  const auto begin = file.begin() + static_cast<std::ptrdiff_t>(index * limits::chunk_bytes);
  return {name, index, 0, Bytes(begin, begin + static_cast<std::ptrdiff_t>(name.chunk_size_bytes(index)))};
}

wire::PutOutcome keep(TestCounty& county, const wire::AttachmentPutRequest& put) {
  return must(ledger::keep_chunk(county.store(), put)).outcome;
}

void write_findings(TestCounty& county, ExampleLaptop& laptop, int frames) {
  for (int i = 0; i < frames; ++i) {
    laptop.enter(example_record(records::kind_of(records::kinds::finding), county.clock(), county.random()));
    laptop.seal();
  }
}

}  // namespace

TEST_CASE("the county, its keys and its registry are there for the next program") {
  on_every_database([](TestCounty& county) {
    const ExampleLaptop laptop = county.enrol("一号", records::Role::reviewer);
    const auto store = county.open_again();
    const auto again = must(ledger::County::open({*store, county.secrets(), county.clock(), county.random()}));
    CHECK(again->state().county == county.id());
    CHECK(again->state().name == "示例县");
    CHECK(again->state().frontier == county.county().state().frontier);
    CHECK(again->key().public_key() == county.key().public_key());
    CHECK(again->known() == county.county().known());
    const rights::Device* device = again->registry().find_device(laptop.writer());
    REQUIRE(device != nullptr);
    CHECK(device->key == laptop.key().public_key());
    CHECK(device->name == "一号");
    CHECK(device->role == records::Role::reviewer);
    CHECK(again->registry().find_device({laptop.writer().device, 2}) == nullptr);
  });
}

TEST_CASE("a ticket is used once and remembers by whom") {
  on_every_store([](TestCounty& county) {
    ports::EnrolmentTicket ticket;
    ticket.secret_hash = sha256(Bytes{1});
    ticket.kind = ports::TicketKind::person;
    ticket.name = "示例人员";
    ticket.certificate_number = "示例-001";
    ticket.role = records::Role::reviewer;
    ticket.person = make_uuid(county.clock(), county.random());
    ticket.created_at_ms = 1;
    ticket.expires_at_ms = 2;
    auto transaction = must(ports::Transaction::begin(county.store(), ports::Work::store));
    must(county.store().put_ticket(ticket));
    ticket.used_by = history::WriterId{make_uuid(county.clock(), county.random()), 1};
    ticket.used_key = county.key().public_key();
    must(county.store().put_ticket(ticket));
    must(transaction.commit());
    const auto tickets = must(county.store().tickets());
    REQUIRE(tickets.size() == 1);
    const ports::EnrolmentTicket& found = tickets.front();
    CHECK(found.used_by == ticket.used_by);
    CHECK(found.used_key == ticket.used_key);
    CHECK(found.kind == ticket.kind);
    CHECK(found.name == ticket.name);
    CHECK(found.certificate_number == ticket.certificate_number);
    CHECK(found.role == ticket.role);
    CHECK(found.person == ticket.person);
    CHECK(found.expires_at_ms == 2);
  });
}

TEST_CASE("what was not committed was not there") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    write_findings(county, laptop, 1);
    const ports::CountyState before = must(county.store().state());
    {
      auto transaction = must(ledger::CountyTransaction::begin(county.county(), ports::Work::store));
      ledger::Intake intake(county.county());
      must(intake.take(
          must(ledger::believe(must(frames::parse_frame(laptop.frames().front())), laptop.key().public_key()))));
      must(intake.finish());
      CHECK(must(county.store().state()).latest_sequence() == before.latest_sequence() + 1);
    }
    CHECK(must(county.store().state()).frontier == before.frontier);
    CHECK(county.kept() == TestCounty::Kept{});
    // Nor does the program remember it.
    CHECK(county.push_all(laptop).refusal == wire::PushRefusal::none);
    CHECK(county.shown(records::kinds::finding) == 1);
  });
}

TEST_CASE("frames come in the county's order, page by page, the asker's own without their bytes") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    write_findings(county, first, 5);
    write_findings(county, second, 3);
    county.push_all(first);
    county.push_all(second);
    const std::uint64_t latest = must(county.store().state()).latest_sequence();
    REQUIRE(latest == 10);  // two enrolments before them
    std::vector<Bytes> seen;
    std::vector<std::uint64_t> skipped;
    std::uint64_t after = 2;
    for (bool has_more = true; has_more;) {
      const auto page = must(county.store().page(after, second.writer(), {1, 2, 2}));
      has_more = page.has_more;
      std::size_t with_bytes = 0;
      for (const ports::StoredFrame& frame : page.frames) {
        CHECK(frame.county_sequence == ++after);
        if (frame.bytes.empty()) {
          CHECK(frame.writer == second.writer());
          skipped.push_back(frame.county_sequence);
        } else {
          ++with_bytes;
          seen.push_back(frame.bytes);
        }
      }
      CHECK(with_bytes <= 1);  // one whatever its size
    }
    CHECK(after == latest);
    CHECK(seen == first.frames());
    CHECK(skipped == std::vector<std::uint64_t>{8, 9, 10});
    const auto some = must(county.store().page(0, {}, {1 << 20, 6, 0}));
    CHECK(some.frames.size() == 6);
    CHECK(some.has_more);
    const auto all = must(county.store().page(0, {}, {1 << 20, 10, 0}));
    CHECK(all.frames.size() == 10);
    CHECK_FALSE(all.has_more);
    CHECK(must(county.store().page(10, {}, {1 << 20, 10, 0})).frames.empty());
  });
}

TEST_CASE("frames of a chain are found by the operations that they hold") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    write_findings(county, laptop, 4);
    county.push_all(laptop);
    const std::uint64_t each = laptop.written().size() / 4;
    REQUIRE(each > 1);
    const auto middle = must(county.store().frames_of(laptop.writer(), each + 2, each * 3 - 1, 1 << 24));
    REQUIRE(middle.size() == 2);
    CHECK(middle.front().bytes == laptop.frames()[1]);
    CHECK(middle.back().bytes == laptop.frames()[2]);
    CHECK(must(county.store().frames_of(laptop.writer(), 1, each * 4, 1)).size() == 1);
    CHECK(must(county.store().frames_of(laptop.writer(), each * 4 + 1, each * 5, 1)).empty());
    CHECK(must(county.store().frames_of({laptop.writer().device, 7}, 1, 5, 1)).empty());
    const auto hashes = must(county.store().frame_hashes(laptop.writer(), 2, each * 2 + 1));
    REQUIRE(hashes.size() == 2);
    CHECK(hashes.at(each + 1) == frames::frame_hash(laptop.frames()[1]));
    const auto by_number = must(county.store().frames_at({middle.back().county_sequence, 99}));
    REQUIRE(by_number.size() == 1);
    CHECK(by_number.front().bytes == laptop.frames()[2]);
    const ports::RecordKey record{laptop.written()[each].record, records::kinds::finding};
    const auto places = must(county.store().places_of({record}));
    REQUIRE(places.size() == each);
    CHECK(places.front() == ports::OperationPlace{middle.front().county_sequence, 0});
    CHECK(must(county.store().places_of({{record.id, records::kinds::visit}})).empty());
  });
}

TEST_CASE("an attachment arrives in any order of chunks and is proved by its hash") {
  on_every_store([](TestCounty& county) {
    const Bytes file = example_file(county, limits::chunk_bytes * 2 + 100);
    const wire::AttachmentName name{sha256(file), file.size()};
    REQUIRE(name.chunk_count() == 3);
    CHECK(keep(county, chunk_of(file, name, 2)) == wire::PutOutcome::kept);
    CHECK(keep(county, chunk_of(file, name, 0)) == wire::PutOutcome::kept);
    CHECK(keep(county, chunk_of(file, name, 0)) == wire::PutOutcome::kept);
    auto map = county.store().chunk_map(name);
    REQUIRE(map.ok());
    CHECK(map->has(0));
    CHECK_FALSE(map->has(1));
    CHECK(map->has(2));
    CHECK_FALSE(county.store().whole_size_bytes(name.hash)->has_value());
    CHECK(keep(county, chunk_of(file, name, 1)) == wire::PutOutcome::whole);
    CHECK(county.store().whole_size_bytes(name.hash)->value() == file.size());
    CHECK(keep(county, chunk_of(file, name, 1)) == wire::PutOutcome::whole);
    Bytes read;
    for (std::uint32_t i = 0; i < 3; ++i) {
      const auto chunk = county.store().chunk(name.hash, i);
      REQUIRE(chunk.ok());
      read.insert(read.end(), chunk->begin(), chunk->end());
    }
    CHECK(read == file);
  });
}

TEST_CASE("chunks that do not give the named hash are dropped together") {
  on_every_store([](TestCounty& county) {
    const Bytes file = example_file(county, limits::chunk_bytes + 5);
    const wire::AttachmentName name{sha256(file), file.size()};
    wire::AttachmentPutRequest wrong = chunk_of(file, name, 0);
    wrong.bytes[7] ^= 1;
    CHECK(keep(county, wrong) == wire::PutOutcome::kept);
    CHECK(keep(county, chunk_of(file, name, 1)) == wire::PutOutcome::contradicted);
    CHECK(must(county.store().chunk(name.hash, 0)).empty());
    CHECK(keep(county, chunk_of(file, name, 0)) == wire::PutOutcome::kept);
    CHECK(keep(county, chunk_of(file, name, 1)) == wire::PutOutcome::whole);
  });
}

TEST_CASE("a chunk comes in pieces, from wherever the county's part of it ends") {
  on_every_store([](TestCounty& county) {
    const Bytes file = example_file(county, 1000);
    const wire::AttachmentName name{sha256(file), file.size()};
    const auto put = [&](std::uint32_t from, std::uint32_t to) {
      return must(ledger::keep_chunk(county.store(), {name, 0, from, Bytes(file.begin() + from, file.begin() + to)}));
    };
    CHECK(put(0, 300).held_bytes == 300);
    CHECK(put(500, 700).held_bytes == 300);  // a gap: nothing of it
    CHECK(put(100, 200).held_bytes == 300);
    CHECK(put(200, 400).held_bytes == 400);
    const auto map = must(county.store().chunk_map(name));
    CHECK_FALSE(map.has(0));
    CHECK(map.partial_index == 0);
    CHECK(map.partial_bytes == 400);
    const auto last = put(400, 1000);
    CHECK(last.outcome == wire::PutOutcome::whole);
    CHECK(last.held_bytes == 1000);
    const auto read = must(ledger::read_chunk(county.store(), {name.hash, 0, 990, 100}));
    CHECK(read.is_known);
    CHECK(read.size_bytes == 1000);
    CHECK(read.bytes == Bytes(file.begin() + 990, file.end()));
  });
}

TEST_CASE("a file that is named with another size is no whole file") {
  on_every_store([](TestCounty& county) {
    const Bytes file = example_file(county, 500);
    const wire::AttachmentName wrong{sha256(file), 499};
    CHECK(keep(county, {wrong, 0, 0, Bytes(file.begin(), file.end() - 1)}) == wire::PutOutcome::contradicted);
    const wire::AttachmentName right{sha256(file), 500};
    CHECK(keep(county, {right, 0, 0, file}) == wire::PutOutcome::whole);
  });
}

TEST_CASE("tables of a newer program, and of the trial version, are not touched") {
  on_every_database([](TestCounty& county) {
    const auto version = [&](int number) {
      must(county.sql().database().run("UPDATE schema_version SET version = " + std::to_string(number), {}));
      const auto reopened = county.try_open_again();
      REQUIRE_FALSE(reopened.ok());
      return reopened.error().code();
    };
    CHECK(version(99) == ErrorCode::newer_version);
    CHECK(version(1) == ErrorCode::refused);
  });
}

TEST_CASE("a table of an older program gets the columns that came since, and a kind that came since its table") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    write_findings(county, laptop, 1);
    county.push_all(laptop);
    must(county.sql().database().run("ALTER TABLE visit DROP COLUMN summary", {}));
    must(county.sql().database().run("DROP TABLE unlicensed_place", {}));
    if (!county.sqlite_file().empty()) {
      must(
          county.sql().database().run("DELETE FROM gpkg_data_columns WHERE table_name = 'unlicensed_place'"
                                      " OR (table_name = 'visit' AND column_name = 'summary')",
                                      {}));
      must(county.sql().database().run("DELETE FROM gpkg_geometry_columns WHERE table_name = 'unlicensed_place'", {}));
      must(county.sql().database().run("DELETE FROM gpkg_contents WHERE table_name = 'unlicensed_place'", {}));
    }
    const auto again = county.open_again();
    laptop.enter(example_record(records::kind_of(records::kinds::visit), county.clock(), county.random()));
    laptop.enter(example_record(records::kind_of(records::kinds::unlicensed_place), county.clock(), county.random()));
    county.push_all(laptop);
    CHECK(county.number("SELECT count(*) FROM visit WHERE summary IS NOT NULL") == 1);
    CHECK(county.shown(records::kinds::unlicensed_place) == 1);
    CHECK(county.shown(records::kinds::finding) == 1);
  });
}
