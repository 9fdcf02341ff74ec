#include "db/history/visibility.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/records/handles/common.h"
#include "db/records/handles/decision.h"
#include "db/records/handles/device.h"
#include "db/records/kinds.h"

namespace kuangxun::history {
namespace {

// From here on a number that this program does not know is taken for the county's: an older program must not show what
// a laptop wrote under a kind that is the county's alone in a newer one.
constexpr records::KindNumber first_county_kind = 64;

// Makes ranges ascend and stand apart.
std::vector<SequenceRange> joined(std::vector<SequenceRange> ranges) {
  std::ranges::sort(ranges);
  std::vector<SequenceRange> apart;
  for (const SequenceRange& range : ranges) {
    if (!apart.empty() && range.first <= apart.back().last + 1) {
      apart.back().last = std::max(apart.back().last, range.last);
    } else {
      apart.push_back(range);
    }
  }
  return apart;
}

const std::vector<SequenceRange>& of_writer(const WriterRanges& ranges, const WriterId& writer) {
  static const std::vector<SequenceRange> none;
  const auto found = ranges.find(writer);
  return found == ranges.end() ? none : found->second;
}

bool is_sequence(std::int64_t number) {
  return number >= 1 && static_cast<std::uint64_t>(number) <= limits::sequence_max;
}

// Of `one`, what `other` does not hold; both ascend and stand apart.
std::vector<SequenceRange> without(const std::vector<SequenceRange>& one, const std::vector<SequenceRange>& other) {
  std::vector<SequenceRange> left;
  for (SequenceRange range : one) {
    for (const SequenceRange& taken : other) {
      if (taken.last < range.first) continue;
      if (taken.first > range.last) break;
      if (taken.first > range.first) left.push_back({range.first, taken.first - 1});
      range.first = taken.last + 1;
      if (range.first > range.last) break;
    }
    if (range.first <= range.last) left.push_back(range);
  }
  return left;
}

struct Covered {
  WriterId writer;
  SequenceRange range;
};

// What one record of the county covers, if anything. It came out of a log: its numbers may be anything.
std::optional<Covered> covered_by(const records::Record& record) {
  if (record.is_voided()) return std::nullopt;
  const records::KindNumber kind = record.kind().number;
  if (kind != records::kinds::device && kind != records::kinds::decision) return std::nullopt;
  const std::int64_t epoch = record.integer(records::common::epoch);
  Covered covered{{record.reference(records::common::device), static_cast<std::uint32_t>(epoch)}, {}};
  if (epoch != static_cast<std::int64_t>(covered.writer.epoch)) return std::nullopt;
  std::int64_t first = 0;
  auto last = static_cast<std::int64_t>(limits::sequence_max);
  if (kind == records::kinds::device) {
    first = record.integer(records::device::revoked_from_sequence);
  } else {
    if (record.integer(records::decision::is_hidden) != 1) return std::nullopt;
    first = record.integer(records::decision::first_sequence);
    last = record.integer(records::decision::last_sequence);
  }
  if (!is_sequence(first) || !is_sequence(last) || last < first) return std::nullopt;
  covered.range = {static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(last)};
  return covered;
}

}  // namespace

bool is_county_only(records::KindNumber kind) {
  if (kind < first_county_kind) return false;
  const records::KindDescription* known = records::find_kind(kind);
  return known == nullptr || known->is_county_only;
}

Visibility::Visibility(const Uuid& county, std::span<const records::Record> records) : county_(county) {
  for (const records::Record& record : records) {
    const auto covered = covered_by(record);
    // What the county decides is not subject to its decisions: they would have no beginning.
    if (covered.has_value() && !is_county(covered->writer)) ranges_[covered->writer].push_back(covered->range);
  }
  for (auto& [writer, ranges] : ranges_) ranges = joined(std::move(ranges));
}

bool Visibility::is_covered(const OperationId& id) const {
  if (ranges_.empty()) return false;
  const auto& ranges = of_writer(ranges_, id.writer);
  const auto after = std::ranges::upper_bound(ranges, id.sequence, {}, &SequenceRange::first);
  return after != ranges.begin() && id.sequence <= std::prev(after)->last;
}

WriterRanges ranges_without(const Visibility& one, const Visibility& other) {
  WriterRanges all;
  for (const auto& [writer, ranges] : one.ranges()) {
    auto left = without(ranges, of_writer(other.ranges(), writer));
    if (!left.empty()) all.emplace(writer, std::move(left));
  }
  return all;
}

}  // namespace kuangxun::history
