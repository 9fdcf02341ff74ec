#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::tests {

// A laptop with its real store in a folder of its own, and what a test does with it.
struct Laptop {
  explicit Laptop(std::uint64_t seed) : random(seed) { make(); }

  void make() {
    auto made = sqlite::LocalStore::create(folder.path(), {clock, random});
    REQUIRE_MESSAGE(made.ok(), made.error().message());
    store = std::move(*made);
  }
  void close() { store.reset(); }
  void reopen() {
    store.reset();
    auto opened = sqlite::LocalStore::open(folder.path(), {clock, random});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    store = std::move(*opened);
  }
  history::WriterId writer() const { return store->own_writer(); }

  // A new place with this name.
  Uuid enter(const std::string& name) {
    clock.advance_ms(1000);
    records::Record record(make_uuid(clock, random), records::kind_of(records::kinds::unlicensed_place));
    record.set_value(records::common::name, name);
    const Status done = store->commit(history::edits_for_new(record), Uuid{});
    REQUIRE_MESSAGE(done.ok(), done.error().message());
    return record.id();
  }
  // Another name, seeing what stands here.
  void rename(const Uuid& id, const std::string& name) {
    clock.advance_ms(1000);
    const auto view = store->read(id);
    REQUIRE_MESSAGE(view.ok(), view.error().message());
    const history::Edit edit{id, records::kinds::unlicensed_place, 1, {{1, name}}, view->seen(1)};
    REQUIRE(store->commit(std::vector{edit}, Uuid{}).ok());
  }
  // The name that is shown; empty when there is no such place.
  std::string name_of(const Uuid& id) {
    const auto view = store->read(id);
    return view.ok() ? view->record.text(records::common::name) : std::string();
  }
  void seal() {
    const Status sealed = store->seal();
    REQUIRE_MESSAGE(sealed.ok(), sealed.error().message());
  }
  std::vector<Bytes> frames_of(const history::WriterId& writer, std::uint64_t after = 0) {
    auto frames = store->frames_after(writer, after, 1 << 24);
    REQUIRE(frames.ok());
    return *frames;
  }
  // Everything of our own, sealed.
  std::vector<Bytes> sealed() {
    seal();
    return frames_of(writer());
  }
  frames::ApplyCounts pull(const std::vector<Bytes>& frames) {
    std::vector<frames::SequencedFrame> sequenced;
    for (const Bytes& bytes : frames) sequenced.push_back({++pulled, bytes});
    auto counts = store->apply_pulled(sequenced, {1, {}});
    REQUIRE_MESSAGE(counts.ok(), counts.error().message());
    return *counts;
  }
  frames::ApplyCounts take_home(const std::vector<Bytes>& frames) {
    std::vector<frames::SequencedFrame> sequenced;
    for (const Bytes& bytes : frames) sequenced.push_back({0, bytes});
    auto counts = store->apply_chain(sequenced);
    REQUIRE_MESSAGE(counts.ok(), counts.error().message());
    return *counts;
  }
  std::string dump() {
    std::string text;
    const Status done = store->dump([&](std::string_view line) { text += std::string(line) + "\n"; });
    REQUIRE_MESSAGE(done.ok(), done.error().message());
    return text;
  }
  void check_proof() {
    const auto report = store->verify();
    REQUIRE_MESSAGE(report.ok(), report.error().message());
    CHECK_MESSAGE(report->ok(), (report->ok() ? "" : report->problems.front()));
  }
  // The same tables come out of the frames again, by both ways.
  void check_rebuild() {
    seal();
    const std::string before = dump();
    for (const auto path : {sqlite::LocalStore::RebuildPath::bulk, sqlite::LocalStore::RebuildPath::incremental}) {
      REQUIRE(store->rebuild(path).ok());
      CHECK(dump() == before);
    }
  }

  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random;
  std::unique_ptr<sqlite::LocalStore> store;
  std::uint64_t pulled = 0;
};

// Two laptops of one county that know each other.
struct Pair {
  Pair() {
    for (Laptop* laptop : {&one, &two}) {
      REQUIRE(laptop->store->note_county(county.known()).ok());
      introductions.push_back(county.introduce(laptop->writer(), laptop->store->public_key()));
    }
  }
  ManualClock clock;
  SeededRandom random{5};
  CountyChain county{clock, random};
  Laptop one{11};
  Laptop two{12};
  std::vector<Bytes> introductions;
};

}  // namespace kuangxun::tests
