// The CountyStore port itself, on every kind of store.
#include <doctest/doctest.h>

#include <thread>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/server/attachments.h"
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
  return {name, index, Bytes(begin, begin + static_cast<std::ptrdiff_t>(name.chunk_size_bytes(index)))};
}

wire::PutOutcome keep(TestCounty& county, const wire::AttachmentPutRequest& put) {
  const auto outcome = server::keep_chunk(county.store(), put);
  REQUIRE(outcome.ok());
  return *outcome;
}

void write_findings(TestCounty& county, ExampleLaptop& laptop, int frames) {
  for (int i = 0; i < frames; ++i) {
    laptop.enter(example_record(records::kind_of(records::kinds::finding), county.clock(), county.random()));
    laptop.seal();
  }
}

}  // namespace

TEST_CASE("identity and devices are there for the next program") {
  on_every_store([](TestCounty& county) {
    const ExampleLaptop laptop = county.enrol("一号");
    const auto again = county.open_again();
    const auto identity = again->identity();
    REQUIRE(identity.ok());
    CHECK(identity->county == county.authority().identity.county);
    CHECK(identity->key == county.authority().identity.key);
    CHECK(identity->name == "示例县");
    const auto device = again->find_device(laptop.writer());
    REQUIRE(device.ok());
    REQUIRE(device->has_value());
    CHECK((*device)->key == laptop.key().public_key());
    CHECK((*device)->name == "一号");
    const auto stranger = again->find_device({laptop.writer().device, 2});
    REQUIRE(stranger.ok());
    CHECK_FALSE(stranger->has_value());
  });
}

TEST_CASE("a ticket is used once and remembers by whom") {
  on_every_store([](TestCounty& county) {
    const Hash secret = sha256(Bytes{1});
    const history::WriterId writer{make_uuid(county.clock(), county.random()), 1};
    auto transaction = server::Transaction::begin(county.store());
    REQUIRE(transaction.ok());
    REQUIRE(county.store().add_ticket({secret, "一号", "officer", 1, 2, {}}).ok());
    REQUIRE(county.store().use_ticket(secret, writer).ok());
    REQUIRE(transaction->commit().ok());
    const auto tickets = county.store().tickets();
    REQUIRE(tickets.ok());
    REQUIRE(tickets->size() == 1);
    CHECK(tickets->front().used_by == writer);
    CHECK(tickets->front().expires_at_ms == 2);
  });
}

TEST_CASE("what was not committed was not there") {
  on_every_store([](TestCounty& county) {
    {
      auto transaction = server::Transaction::begin(county.store());
      REQUIRE(transaction.ok());
      REQUIRE(county.store().add_frame({{Uuid{{1}}, 1}, 1, 2, {}, {}, Bytes{1}, 0}).ok());
    }
    CHECK(county.number("SELECT count(*) FROM sync_frame") == 0);
    const auto latest = county.store().latest_sequence();
    REQUIRE(latest.ok());
    CHECK(*latest == 0);
  });
}

TEST_CASE("frames come in the county's order, page by page, without the asker's own") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    write_findings(county, first, 5);
    write_findings(county, second, 3);
    county.push_all(first);
    county.push_all(second);
    std::vector<Bytes> seen;
    std::uint64_t after = 0;
    for (int pages = 0; pages < 10; ++pages) {
      const auto page = county.store().frames_after(after, second.writer(), 1, 2);
      REQUIRE(page.ok());
      REQUIRE(page->frames.size() == 1);  // one whatever its size
      seen.push_back(page->frames.front().bytes);
      after = page->frames.front().county_sequence;
      if (!page->has_more) break;
    }
    CHECK(seen == first.frames());
    const auto all = county.store().frames_after(0, {}, 1 << 20, 6);
    REQUIRE(all.ok());
    CHECK(all->frames.size() == 6);
    CHECK(all->has_more);
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
    CHECK(county.number("SELECT count(*) FROM sync_attachment_chunk") == 0);
    CHECK(keep(county, chunk_of(file, name, 0)) == wire::PutOutcome::kept);
    CHECK(keep(county, chunk_of(file, name, 1)) == wire::PutOutcome::whole);
  });
}

TEST_CASE("tables of a newer program are not touched") {
  on_every_store([](TestCounty& county) {
    REQUIRE(county.store().database().run("UPDATE schema_version SET version = 99", {}).ok());
    // Opening again asserts success in the test's own opener; ask the product's.
    const auto reopened = county.try_open_again();
    REQUIRE_FALSE(reopened.ok());
    CHECK(reopened.error().code() == ErrorCode::newer_version);
  });
}

TEST_CASE("a puller misses nothing while several processes push") {
  on_every_store([](TestCounty& county) {
    constexpr int writers = 3, frames_each = 12;
    std::vector<ExampleLaptop> laptops;
    for (int i = 0; i < writers; ++i) laptops.push_back(county.enrol("示例 " + std::to_string(i)));
    for (ExampleLaptop& laptop : laptops) write_findings(county, laptop, frames_each);

    std::vector<std::unique_ptr<server::SqlStore>> stores;
    for (int i = 0; i < writers; ++i) stores.push_back(county.open_again());
    std::vector<int> failures(writers);
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
      threads.emplace_back([&, i] {
        const ExampleLaptop& laptop = laptops[static_cast<std::size_t>(i)];
        const server::Device device{laptop.writer(), laptop.key().public_key(), laptop.name(), "officer", false, 0};
        for (const Bytes& frame : laptop.frames()) {
          const auto answer = server::push(*stores[static_cast<std::size_t>(i)], county.authority(), device, {frame});
          if (!answer.ok() || answer->refusal != wire::PushRefusal::none) ++failures[static_cast<std::size_t>(i)];
        }
      });
    }
    // Pulls as a laptop does, moving its cursor over what it saw, while the others write.
    std::size_t pulled = 0;
    std::uint64_t cursor = 0;
    const auto pull = [&] {
      const auto page = county.store().frames_after(cursor, {}, 1 << 20, 256);
      REQUIRE(page.ok());
      pulled += page->frames.size();
      if (!page->frames.empty()) cursor = page->frames.back().county_sequence;
    };
    for (int i = 0; i < 200 && pulled < writers * frames_each; ++i) {
      pull();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (std::thread& thread : threads) thread.join();
    pull();
    for (const int count : failures) CHECK(count == 0);
    CHECK(pulled == writers * frames_each);
    CHECK(county.number("SELECT count(*) FROM finding") == writers * frames_each);
  });
}
