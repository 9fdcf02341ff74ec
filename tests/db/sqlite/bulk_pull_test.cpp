// A new laptop takes in a whole county: kept page by page, shown once. What is shown in the end is what a laptop shows
// that took the same frames one by one.
#include <algorithm>

#include "db/records/handles/common.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

constexpr int places_total = 1500;
constexpr int page_frames = 2;

// Places that one laptop entered in 3 frames and named anew in 3, with one of them voided.
std::vector<Bytes> write_many(Laptop& laptop) {
  std::vector<Uuid> ids;
  for (int round = 0; round < 3; ++round) {
    std::vector<history::Edit> edits;
    for (int i = 0; i < places_total / 3; ++i) {
      laptop.clock.advance_ms(10);
      records::Record record(make_uuid(laptop.clock, laptop.random),
                             records::kind_of(records::kinds::unlicensed_place));
      record.set_value(records::common::name, "点 " + std::to_string(ids.size()));
      ids.push_back(record.id());
      for (history::Edit& edit : history::edits_for_new(record)) edits.push_back(std::move(edit));
    }
    REQUIRE(laptop.store->commit(edits, Uuid{}).ok());
    laptop.seal();
  }
  for (int round = 0; round < 3; ++round) {
    std::vector<history::Edit> edits;
    for (int i = round; i < places_total; i += 3) {
      const Uuid& id = ids[static_cast<std::size_t>(i)];
      const auto view = laptop.store->read(id);
      REQUIRE(view.ok());
      edits.push_back({id, records::kinds::unlicensed_place, 1, {{1, "新名 " + std::to_string(i)}}, view->seen(1)});
    }
    REQUIRE(laptop.store->commit(edits, Uuid{}).ok());
    laptop.seal();
  }
  return laptop.frames_of(laptop.writer());
}

struct NewLaptop : Pair {
  NewLaptop() {
    frames = introductions;
    const std::vector<Bytes> written = write_many(one);
    frames.insert(frames.end(), written.begin(), written.end());
    REQUIRE(slow.store->note_county(county.known()).ok());
  }
  // As the county gives them; pages of several frames are shown in bulk.
  void pull_page(Laptop& laptop, std::size_t& at, std::size_t count) {
    const std::size_t end = std::min(at + count, frames.size());
    laptop.pull({frames.begin() + static_cast<std::ptrdiff_t>(at), frames.begin() + static_cast<std::ptrdiff_t>(end)});
    at = end;
  }
  // One by one, and somebody looks after each: never in bulk.
  std::string slow_dump() {
    for (std::size_t at = 0; at < frames.size();) {
      pull_page(slow, at, 1);
      REQUIRE(slow.store->counts().ok());
    }
    return slow.dump();
  }
  std::string setting(Laptop& laptop) { return laptop.store->setting("is_shown_behind")->value_or("0"); }

  Laptop slow{14};
  std::vector<Bytes> frames;
};

std::size_t places(sqlite::LocalStore& store) {
  return store.list(records::kinds::unlicensed_place)->size();
}

}  // namespace

TEST_CASE_FIXTURE(NewLaptop, "a whole county is kept page by page and shown once, as if it had come one by one") {
  std::size_t at = 0;
  pull_page(two, at, 4);
  CHECK(setting(two) == "1");
  while (at < frames.size()) pull_page(two, at, page_frames);
  CHECK(setting(two) == "1");
  REQUIRE(two.store->show_pulled().ok());
  CHECK(setting(two) == "0");
  CHECK(places(*two.store) == places_total);
  CHECK(two.dump() == slow_dump());
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(NewLaptop, "a kill in the middle of the first pull loses nothing, and the pull goes on in bulk") {
  std::size_t at = 0;
  pull_page(two, at, 5);
  two.reopen();
  CHECK(setting(two) == "1");
  pull_page(two, at, page_frames);
  two.reopen();
  while (at < frames.size()) pull_page(two, at, page_frames);
  CHECK(setting(two) == "1");
  REQUIRE(two.store->show_pulled().ok());
  CHECK(two.dump() == slow_dump());
  two.check_proof();
}

TEST_CASE_FIXTURE(NewLaptop, "whoever looks or enters something in the middle sees all that came until then") {
  std::size_t at = 0;
  pull_page(two, at, 5);
  CHECK(places(*two.store) == places_total);
  CHECK(setting(two) == "0");
  const Uuid own = two.enter("自己的点");
  while (at < frames.size()) pull_page(two, at, page_frames);
  CHECK(places(*two.store) == places_total + 1);
  CHECK(two.name_of(own) == "自己的点");
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(NewLaptop, "a reader beside the first pull sees what was shown before; after a kill, what came") {
  const Uuid own = two.enter("自己的点");
  std::size_t at = 0;
  pull_page(two, at, 6);
  REQUIRE(setting(two) == "1");
  {
    auto reader = sqlite::LocalStore::open_read_only(two.folder.path(), {two.clock, two.random});
    REQUIRE(reader.ok());
    CHECK(places(**reader) == 1);
    CHECK((*reader)->read(own).ok());
    const auto report = (*reader)->verify();
    REQUIRE(report.ok());
    CHECK(report->ok());
  }
  two.close();
  auto reader = sqlite::LocalStore::open_read_only(two.folder.path(), {two.clock, two.random});
  REQUIRE(reader.ok());
  CHECK(places(**reader) == places_total + 1);
  CHECK((*reader)->verify()->ok());
}

TEST_CASE_FIXTURE(NewLaptop, "what the county hides, and keys that come late, count in bulk as one by one") {
  // The laptop is introduced only after its frames; in between the county hides a run of them.
  std::ranges::rotate(frames, frames.begin() + 1);
  frames.insert(frames.begin() + 4, county.decide(one.writer(), 10, 400, true));
  frames.push_back(county.decide(one.writer(), 300, 400, false));
  std::size_t at = 0;
  while (at < frames.size()) pull_page(two, at, 4);
  REQUIRE(two.store->show_pulled().ok());
  CHECK(two.dump() == slow_dump());
  CHECK(two.store->counts()->quarantined == 0);
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(NewLaptop, "a damaged frame in a bulk page is set aside, and nothing behind it is shown") {
  frames[4][frames[4].size() - 1] ^= 1;
  std::size_t at = 0;
  while (at < frames.size()) pull_page(two, at, 4);
  REQUIRE(two.store->show_pulled().ok());
  CHECK(two.store->counts()->quarantined > 0);
  CHECK(two.dump() == slow_dump());
  two.check_proof();
}

}  // namespace kuangxun::tests
