#include "db/history/visibility.h"

#include <doctest/doctest.h>

#include <set>

#include "db/base/limits.h"
#include "db/records/handles/decision.h"
#include "db/records/handles/device.h"
#include "db/records/kinds.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::history {
namespace {

const Uuid county = fixed_uuid("示例县");
const Uuid laptop = fixed_uuid("示例设备");
const WriterId writer{laptop, 3};

records::Record decision(const WriterId& about, std::int64_t first, std::int64_t last, bool is_hidden = true) {
  records::Record record(fixed_uuid("decision " + std::to_string(first)), records::kind_of(records::kinds::decision));
  record.set_value(records::decision::device, about.device);
  record.set_value(records::decision::epoch, std::int64_t{about.epoch});
  record.set_value(records::decision::first_sequence, first);
  record.set_value(records::decision::last_sequence, last);
  record.set_value(records::decision::is_hidden, std::int64_t{is_hidden ? 1 : 0});
  return record;
}

records::Record revoked_device(const WriterId& about, std::int64_t from_sequence) {
  records::Record record(fixed_uuid("device"), records::kind_of(records::kinds::device));
  record.set_value(records::device::device, about.device);
  record.set_value(records::device::epoch, std::int64_t{about.epoch});
  record.set_value(records::device::revoked_from_sequence, from_sequence);
  return record;
}

bool hides(const Visibility& visibility, std::uint64_t sequence) {
  return visibility.is_hidden({writer, sequence}, records::kinds::visit);
}

}  // namespace

TEST_CASE("a decision hides its range of one writer, both ends included, and nobody else's") {
  const Visibility visibility(county, std::vector{decision(writer, 4, 6)});
  CHECK_FALSE(hides(visibility, 3));
  CHECK(hides(visibility, 4));
  CHECK(hides(visibility, 6));
  CHECK_FALSE(hides(visibility, 7));
  CHECK_FALSE(visibility.is_hidden({{laptop, 2}, 5}, records::kinds::visit));
  CHECK_FALSE(visibility.is_hidden({{fixed_uuid("another"), 3}, 5}, records::kinds::visit));
}

TEST_CASE("a release, a voided decision and one without numbers hide nothing") {
  records::Record voided = decision(writer, 4, 6);
  voided.set_voided(true, "误判");
  records::Record empty(fixed_uuid("empty"), records::kind_of(records::kinds::decision));
  for (const records::Record& record : {decision(writer, 4, 6, false), voided, empty, decision(writer, 6, 4),
                                        decision(writer, 0, 3), decision(writer, -1, 3)}) {
    CHECK(Visibility(county, std::vector{record}).ranges().empty());
  }
}

TEST_CASE("a revoked device is hidden from the number on, for ever, in that epoch only") {
  const Visibility visibility(county, std::vector{revoked_device(writer, 100)});
  CHECK_FALSE(hides(visibility, 99));
  CHECK(hides(visibility, 100));
  CHECK(hides(visibility, limits::sequence_max));
  CHECK_FALSE(visibility.is_hidden({{laptop, 4}, 100}, records::kinds::visit));
}

TEST_CASE("what only the county writes is hidden when anybody else wrote it, and the county never is") {
  const Visibility visibility(county, std::vector{decision({county, 1}, 1, 9), revoked_device({county, 1}, 1)});
  for (const records::KindNumber kind : {records::kinds::device, records::kinds::decision, records::KindNumber{200}}) {
    CHECK(visibility.is_hidden({writer, 1}, kind));
    CHECK_FALSE(visibility.is_hidden({{county, 1}, 1}, kind));
    CHECK(Visibility().is_hidden({{county, 1}, 1}, kind));
  }
  CHECK_FALSE(visibility.is_hidden({writer, 1}, records::kinds::visit));
}

TEST_CASE("overlapping decisions count as their union, and differences are exact") {
  tests::SeededRandom random(17);
  for (int round = 0; round < 300; ++round) {
    const auto make = [&](std::set<std::uint64_t>& numbers) {
      std::vector<records::Record> records;
      for (std::uint64_t i = random.below(6); i > 0; --i) {
        const std::uint64_t first = 1 + random.below(30);
        const std::uint64_t last = first + random.below(8);
        for (std::uint64_t number = first; number <= last; ++number) numbers.insert(number);
        records.push_back(decision(writer, static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)));
      }
      return Visibility(county, records);
    };
    std::set<std::uint64_t> first_numbers;
    std::set<std::uint64_t> second_numbers;
    const Visibility first = make(first_numbers);
    const Visibility second = make(second_numbers);
    std::set<std::uint64_t> different;
    for (const auto& [who, ranges] : ranges_without(first, second)) {
      for (const SequenceRange& range : ranges) {
        for (std::uint64_t number = range.first; number <= range.last; ++number) different.insert(number);
      }
    }
    for (std::uint64_t number = 1; number < 45; ++number) {
      CHECK(hides(first, number) == first_numbers.contains(number));
      CHECK(different.contains(number) == (first_numbers.contains(number) && !second_numbers.contains(number)));
    }
  }
}

}  // namespace kuangxun::history
