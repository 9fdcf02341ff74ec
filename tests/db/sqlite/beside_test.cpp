// What is kept and not shown yet is shown in tables beside those that people see, in steps. In the end they say what
// one transaction would have written, whatever was entered and whatever came between two steps.
#include <algorithm>
#include <set>
#include <utility>

#include "db/records/handles/common.h"
#include "db/sqlite/connection/connection.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

constexpr int places_total = 1200;

struct Pulled : Pair {
  Pulled() {
    for (int round = 0; round < 2; ++round) {
      std::vector<history::Edit> edits;
      for (int i = 0; i < places_total / 2; ++i) {
        one.clock.advance_ms(10);
        records::Record record(make_uuid(one.clock, one.random), records::kind_of(records::kinds::unlicensed_place));
        record.set_value(records::common::name, "点 " + std::to_string(i));
        for (history::Edit& edit : history::edits_for_new(record)) edits.push_back(std::move(edit));
      }
      REQUIRE(one.store->commit(edits, Uuid{}).ok());
      one.seal();
    }
    frames = introductions;
    for (const Bytes& bytes : one.frames_of(one.writer())) frames.push_back(bytes);
  }
  // A first pull, kept and not shown.
  void pull_all() {
    two.pull(frames);
    REQUIRE(two.store->is_shown_behind());
  }
  // Frames of the county that come in the steps of a writer.
  void take_part(const std::vector<Bytes>& bytes) {
    std::vector<frames::SequencedFrame> sequenced;
    for (const Bytes& one_frame : bytes) sequenced.push_back({++two.pulled, one_frame});
    const auto counts = two.store->apply_part(sequenced);
    REQUIRE_MESSAGE(counts.ok(), counts.error().message());
  }
  bool show_some() {
    const auto has_more = two.store->show_some();
    REQUIRE_MESSAGE(has_more.ok(), has_more.error().message());
    return *has_more;
  }
  int show_all() {
    int steps = 1;
    while (show_some()) ++steps;
    return steps;
  }
  std::int64_t tables_beside() {
    auto file = sqlite::Connection::open(two.folder / "kuangxun.db", sqlite::OpenMode::read_only);
    REQUIRE(file.ok());
    return file->query_integer("SELECT count(*) FROM sqlite_master WHERE name LIKE 'beside\\_%' ESCAPE '\\'").value();
  }
  // What SQLite itself says of the file.
  std::string integrity() {
    auto file = sqlite::Connection::open(two.folder / "kuangxun.db", sqlite::OpenMode::read_only);
    REQUIRE(file.ok());
    auto check = file->prepare("PRAGMA integrity_check");
    REQUIRE(check.ok());
    REQUIRE(check->step().value());
    return std::string(check->text(0));
  }
  // What one transaction makes of the same.
  void check_as_at_once() {
    CHECK_FALSE(two.store->is_shown_behind());
    CHECK(tables_beside() == 0);
    CHECK(integrity() == "ok");
    two.check_proof();
    two.check_rebuild();
  }
  std::size_t shown_to_a_reader() {
    auto reader = sqlite::LocalStore::open_read_only(two.folder.path(), {two.clock, two.random});
    REQUIRE(reader.ok());
    return (*reader)->list(records::kinds::unlicensed_place)->size();
  }

  std::vector<Bytes> frames;
};

}  // namespace

TEST_CASE_FIXTURE(Pulled, "a reader sees what was shown before until the swap, and then everything") {
  const Uuid own = two.enter("自己的点");
  pull_all();
  std::vector<std::size_t> seen;
  do {
    const std::size_t now = shown_to_a_reader();
    if (seen.empty() || seen.back() != now) seen.push_back(now);
  } while (show_some());
  CHECK(seen == std::vector<std::size_t>{1, places_total + 1});
  CHECK(two.name_of(own) == "自己的点");
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "another program that looks all the while sees one set or the other, never half of each") {
  pull_all();
  auto file = sqlite::Connection::open(two.folder / "kuangxun.db", sqlite::OpenMode::read_only);
  REQUIRE(file.ok());
  auto both = file->prepare("SELECT (SELECT count(*) FROM unlicensed_place), (SELECT count(*) FROM existence)");
  REQUIRE(both.ok());
  // Begun before the swap, it goes on seeing what was there when it began.
  REQUIRE(file->execute("BEGIN").ok());
  const auto look = [&] {
    REQUIRE(both->step().value());
    const std::pair<std::int64_t, std::int64_t> counts(both->integer(0), both->integer(1));
    both->reset();
    return counts;
  };
  const auto begun_with = look();
  while (two.store->is_shown_behind()) REQUIRE(show_some());
  CHECK(look() == begun_with);
  REQUIRE(file->execute("COMMIT").ok());
  CHECK(look().first == places_total);
  take_part({county.decide(one.writer(), 1, 400, true)});
  std::set<std::pair<std::int64_t, std::int64_t>> seen;
  bool has_more = true;
  while (has_more) {
    has_more = show_some();
    const auto now = look();
    seen.insert(now);
    // From the swap on, at once.
    CHECK((now.first == places_total) == two.store->is_shown_behind());
  }
  CHECK(seen.size() == 2);
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "what is entered between any two steps is there afterwards") {
  pull_all();
  std::vector<Uuid> entered;
  // A name that is typed over and over: heads of heads that the tables beside know already, or not yet.
  const Uuid first = make_uuid(two.clock, two.random);
  std::vector<history::OperationId> seen;
  records::Record sample(first, records::kind_of(records::kinds::unlicensed_place));
  sample.set_value(records::common::name, std::string("名"));
  const std::uint64_t operations_of_a_place = history::edits_for_new(sample).size();
  std::uint64_t next = 1;
  const auto name_first = [&](const std::string& name) {
    const history::Edit edit{first, records::kinds::unlicensed_place, 1, {{1, name}}, seen};
    REQUIRE(two.store->commit(std::vector{edit}, Uuid{}).ok());
    seen = {{two.writer(), next}};
    next += 1 + operations_of_a_place;
  };
  do {
    if (entered.size() == 60) continue;
    name_first("后 " + std::to_string(entered.size()));
    entered.push_back(two.enter("边显示边录入 " + std::to_string(entered.size())));
  } while (show_some());
  CHECK(entered.size() > 10);
  for (std::size_t i = 0; i < entered.size(); ++i) {
    CHECK(two.name_of(entered[i]) == "边显示边录入 " + std::to_string(i));
  }
  CHECK(two.name_of(first) == "后 " + std::to_string(entered.size() - 1));
  CHECK(two.store->disputes()->empty());
  CHECK(two.store->list(records::kinds::unlicensed_place)->size() == places_total + entered.size() + 1);
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "killed after any step, the store opens as before, without a table beside, and shows all") {
  pull_all();
  const Uuid own = two.enter("自己的点");
  int steps = 0;
  for (bool is_over = false; !is_over; ++steps) {
    for (int i = 0; i < steps && !is_over; ++i) is_over = !show_some();
    const bool was_behind = two.store->is_shown_behind();
    two.reopen();
    CHECK(tables_beside() == 0);
    CHECK(two.store->is_shown_behind() == was_behind);
    if (!was_behind) break;
  }
  CHECK(steps > 5);
  show_all();
  CHECK(two.name_of(own) == "自己的点");
  CHECK(two.store->list(records::kinds::unlicensed_place)->size() == places_total + 1);
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "a decision of the county is shown in steps too, whatever it says meanwhile") {
  pull_all();
  MESSAGE("steps of the first showing: " << show_all());
  take_part({county.decide(one.writer(), 10, 400, true)});
  REQUIRE(two.store->is_shown_behind());
  CHECK(shown_to_a_reader() == places_total);
  for (int i = 0; i < 6; ++i) REQUIRE(show_some());
  // It says another thing while the first is being shown.
  take_part({county.decide(one.writer(), 300, 400, false)});
  const Uuid own = two.enter("自己的点");
  show_all();
  CHECK(two.store->list(records::kinds::unlicensed_place)->size() < places_total);
  CHECK(two.name_of(own) == "自己的点");
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "whoever shows everything at once in the middle ends the work, and nothing stays beside") {
  pull_all();
  for (int i = 0; i < 5; ++i) REQUIRE(show_some());
  SUBCASE("because they look") {
    CHECK(two.store->list(records::kinds::unlicensed_place)->size() == places_total);
  }
  SUBCASE("because they rebuild") {
    REQUIRE(two.store->rebuild().ok());
  }
  show_all();
  CHECK(two.store->list(records::kinds::unlicensed_place)->size() == places_total);
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled,
                  "a rebuild in steps puts right whatever was damaged, beside entries, and equals one at once") {
  pull_all();
  show_all();
  const Uuid own = two.enter("自己的点");
  two.seal();
  const std::string before = two.dump();
  two.close();
  {
    auto file = sqlite::Connection::open(two.folder / "kuangxun.db", sqlite::OpenMode::read_write);
    REQUIRE(file.ok());
    REQUIRE(file->execute("UPDATE unlicensed_place SET name = 'x' WHERE record_index % 3 = 0;"
                          "DELETE FROM head WHERE cell % 5 = 0; INSERT INTO dispute VALUES (5);"
                          "UPDATE record SET id = zeroblob(16) WHERE record_index = 40;"
                          "DELETE FROM operation WHERE operation_key % 7 = 3;"
                          // Of a writer that nobody has heard of.
                          "INSERT INTO operation SELECT (99 << 40) + 1, cell, wall_ms, counter, person_index, bases, "
                          "content FROM operation LIMIT 1;"
                          "UPDATE operation SET wall_ms = 1, cell = cell + 1 WHERE operation_key % 7 = 4")
                .ok());
  }
  two.reopen();
  std::int64_t done = 0;
  for (bool has_more = true; has_more;) {
    const auto more = two.store->renew_some(done);
    REQUIRE_MESSAGE(more.ok(), more.error().message());
    has_more = *more;
  }
  REQUIRE(two.store->is_shown_behind());
  SUBCASE("to the end") {
    show_all();
  }
  SUBCASE("and killed in the middle of showing") {
    for (int i = 0; i < 6; ++i) REQUIRE(show_some());
    two.reopen();
    show_all();
  }
  CHECK(two.dump() == before);
  CHECK(two.name_of(own) == "自己的点");
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "what is entered while a rebuild makes rows and tables is there afterwards, also unsealed") {
  pull_all();
  show_all();
  std::vector<Uuid> entered;
  const auto enter = [&] {
    if (entered.size() < 40) entered.push_back(two.enter("边重建边录入 " + std::to_string(entered.size())));
  };
  std::int64_t done = 0;
  for (bool has_more = true; has_more;) {
    enter();
    has_more = two.store->renew_some(done).value();
  }
  do enter();
  while (show_some());
  CHECK(entered.size() > 10);
  for (std::size_t i = 0; i < entered.size(); ++i) {
    CHECK(two.name_of(entered[i]) == "边重建边录入 " + std::to_string(i));
  }
  check_as_at_once();
}

TEST_CASE_FIXTURE(Pulled, "shown beside time after time, the indexes go on being there once each") {
  const auto indexes = [&] {
    auto file = sqlite::Connection::open(two.folder / "kuangxun.db", sqlite::OpenMode::read_only);
    REQUIRE(file.ok());
    return file->query_integer("SELECT count(*) FROM sqlite_master WHERE type = 'index'").value();
  };
  const std::int64_t before = indexes();
  pull_all();
  show_all();
  CHECK(indexes() == before);
  for (const bool hides : {true, false, true}) {
    take_part({county.decide(one.writer(), 10, 20, hides)});
    show_all();
    CHECK(indexes() == before);
  }
  check_as_at_once();
}

}  // namespace kuangxun::tests
