#include "db/history/apply.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/support/seeded_random.h"

namespace kuangxun::history {
namespace {

WriterId writer(std::uint8_t number) {
  WriterId id;
  id.device.bytes[15] = number;
  id.epoch = 1;
  return id;
}

Operation operation(std::uint8_t writer_number, std::uint64_t sequence, std::vector<OperationId> bases,
                    std::int64_t value, std::int64_t wall_ms = 0) {
  Operation made;
  made.id = {writer(writer_number), sequence};
  made.time.wall_ms = wall_ms;
  made.kind = 2;
  made.group = 3;
  made.bases = std::move(bases);
  std::ranges::sort(made.bases);
  made.values = {{3, value}};
  return made;
}

// The rule, slow and obviously right: a head is an operation that no other operation names as its base.
std::vector<OperationId> reference_heads(const std::vector<Operation>& arrived) {
  std::set<OperationId> superseded;
  for (const Operation& each : arrived) superseded.insert(each.bases.begin(), each.bases.end());
  std::vector<OperationId> heads;
  for (const Operation& each : arrived) {
    if (!superseded.contains(each.id)) heads.push_back(each.id);
  }
  std::ranges::sort(heads);
  return heads;
}

bool reference_dispute(const std::vector<Operation>& arrived) {
  std::set<std::int64_t> values;
  for (const OperationId& head : reference_heads(arrived)) {
    values.insert(std::get<std::int64_t>(std::ranges::find(arrived, head, &Operation::id)->values.front().value));
  }
  return values.size() > 1;
}

// A few laptops that edit one field, sometimes from a stale screen, and now and then exchange what they have.
std::vector<Operation> random_history(tests::SeededRandom& random) {
  const std::size_t laptops = 1 + random.below(5);
  std::vector<std::vector<Operation>> known(laptops);
  std::vector<std::uint64_t> sequences(laptops, 0);
  std::vector<Operation> all;
  for (std::uint64_t steps = 1 + random.below(40); steps > 0; --steps) {
    const auto here = static_cast<std::size_t>(random.below(laptops));
    if (random.chance_percent(30)) {
      for (const Operation& other : known[random.below(laptops)]) {
        if (std::ranges::find(known[here], other.id, &Operation::id) == known[here].end()) known[here].push_back(other);
      }
      continue;
    }
    std::vector<Operation> seen = known[here];
    if (random.chance_percent(20)) seen.resize(random.below(seen.size() + 1));  // a screen that was not refreshed
    all.push_back(operation(static_cast<std::uint8_t>(here + 1), ++sequences[here], reference_heads(seen),
                            static_cast<std::int64_t>(random.below(3)), static_cast<std::int64_t>(random.below(5))));
    known[here].push_back(all.back());
  }
  return all;
}

// The same operations in another order in which every base comes before what it supersedes.
std::vector<Operation> shuffled(std::vector<Operation> waiting, tests::SeededRandom& random) {
  std::vector<Operation> order;
  std::set<OperationId> arrived;
  while (!waiting.empty()) {
    const auto at = static_cast<std::size_t>(random.below(waiting.size()));
    const bool ready = std::ranges::all_of(waiting[at].bases, [&](const auto& base) { return arrived.contains(base); });
    if (!ready) continue;
    arrived.insert(waiting[at].id);
    order.push_back(waiting[at]);
    waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return order;
}

std::vector<Head> applied(const std::vector<Operation>& order) {
  std::vector<Head> heads;
  for (const Operation& each : order) heads = history::apply(std::move(heads), each);
  return heads;
}

}  // namespace

TEST_CASE("random histories in any causal order agree with the slow rule after every operation") {
  int disputes = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    CAPTURE(seed);  // replays with this number alone
    tests::SeededRandom random(seed);
    const std::vector<Operation> operations = random_history(random);
    const std::vector<Head> expected = applied(operations);
    disputes += is_disputed(expected) ? 1 : 0;
    for (int order = 0; order < 4; ++order) {
      std::vector<Head> heads;
      std::vector<Operation> arrived;
      for (const Operation& each : shuffled(operations, random)) {
        heads = history::apply(std::move(heads), each);
        arrived.push_back(each);
        REQUIRE(ids_of(heads) == reference_heads(arrived));
        REQUIRE(is_disputed(heads) == reference_dispute(arrived));
      }
      REQUIRE(heads == expected);
      if (!heads.empty()) REQUIRE(shown_head(heads) == shown_head(expected));
    }
  }
  CHECK(disputes > 50);  // the histories are worth something
}

TEST_CASE("a head keeps who, when and what") {
  Operation edit = operation(1, 1, {}, 7, 42);
  edit.person.bytes[0] = 9;
  const auto heads = history::apply({}, edit);
  REQUIRE(heads.size() == 1);
  CHECK(heads.front() == Head{edit.id, edit.time, edit.person, edit.values});
}

TEST_CASE("two who write the same do not dispute, and the next edit names both") {
  const Operation root = operation(1, 1, {}, 0);
  const Operation left = operation(1, 2, {root.id}, 5);
  const Operation right = operation(2, 1, {root.id}, 5);
  auto heads = applied({root, left, right});
  CHECK(heads.size() == 2);
  CHECK(!is_disputed(heads));
  CHECK(ids_of(heads) == std::vector{left.id, right.id});
  heads = history::apply(heads, operation(2, 2, ids_of(heads), 6));
  CHECK(heads.size() == 1);
}

TEST_CASE("two who write different values dispute, and both values are kept") {
  const Operation root = operation(1, 1, {}, 0);
  const auto heads = applied({root, operation(1, 2, {root.id}, 5), operation(2, 1, {root.id}, 6)});
  CHECK(is_disputed(heads));
  CHECK(heads.size() == 2);
}

TEST_CASE("clearing a field against setting it is a dispute") {
  const Operation root = operation(1, 1, {}, 0);
  Operation cleared = operation(1, 2, {root.id}, 0);
  cleared.values.clear();
  CHECK(is_disputed(applied({root, cleared, operation(2, 1, {root.id}, 5)})));
}

TEST_CASE("of two values the later clock settles nothing") {
  const Operation root = operation(1, 1, {}, 0, 1000);
  for (const std::int64_t later_ms : {1'001, 1'000'000'000}) {
    const auto heads = applied({root, operation(1, 2, {root.id}, 5, 1000), operation(2, 1, {root.id}, 6, later_ms)});
    CHECK(heads.size() == 2);
    CHECK(is_disputed(heads));
  }
}

TEST_CASE("a settling operation ends the dispute, whichever came first, and clocks have no say") {
  const Operation root = operation(1, 1, {}, 0, 1000);
  const Operation left = operation(1, 2, {root.id}, 5, 1'000'000'000);
  const Operation right = operation(2, 1, {root.id}, 6, 1);
  const Operation settled = operation(3, 1, {left.id, right.id}, 6, 0);  // by a laptop that believes it is 1970
  for (const auto& order : {std::vector{root, left, right, settled}, std::vector{root, right, left, settled}}) {
    const auto heads = applied(order);
    CHECK(ids_of(heads) == std::vector{settled.id});
    CHECK(!is_disputed(heads));
  }
}

TEST_CASE("a later arrival that the settling operation did not name opens the dispute again") {
  const Operation root = operation(1, 1, {}, 0);
  const Operation left = operation(1, 2, {root.id}, 5);
  const Operation right = operation(2, 1, {root.id}, 6);
  const Operation settled = operation(1, 3, {left.id, right.id}, 6);
  const Operation unseen = operation(4, 1, {root.id}, 7);
  for (const auto& order :
       {std::vector{root, left, right, settled, unseen}, std::vector{root, unseen, left, right, settled}}) {
    const auto heads = applied(order);
    CHECK(is_disputed(heads));
    CHECK(ids_of(heads) == std::vector{settled.id, unseen.id});
  }
}

TEST_CASE("what tables show of a dispute depends on the heads only") {
  const Operation root = operation(1, 1, {}, 0);
  const Operation early = operation(3, 1, {root.id}, 5, 100);
  const Operation late = operation(2, 1, {root.id}, 6, 200);
  const Operation same = operation(4, 1, {root.id}, 7, 200);
  CHECK(shown_head(applied({root, early, late})).id == late.id);
  CHECK(shown_head(applied({root, late, early})).id == late.id);
  CHECK(shown_head(applied({root, late, same, early})).id == same.id);  // at the same time the greater id
  CHECK(shown_head(applied({root, early, same, late})).id == same.id);
  Operation counted = operation(2, 2, {root.id}, 8, 200);
  counted.time.counter = 1;
  CHECK(shown_head(applied({root, same, counted})).id == counted.id);
}

}  // namespace kuangxun::history
