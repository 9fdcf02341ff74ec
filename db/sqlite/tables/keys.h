#pragma once

#include <cassert>
#include <cstdint>

#include "db/base/limits.h"
#include "db/records/describe.h"

// Small integers for what the log names by long ids. They are local to one store file and never leave it.
namespace kuangxun::sqlite {

// writer index << 40 | sequence: operations of a writer lie together, in order.
using OperationKey = std::int64_t;
// record index << 10 | merge group.
using CellKey = std::int64_t;

constexpr int sequence_bits = 40;
constexpr int group_bits = 10;
// What frames may carry fits into the keys.
static_assert(limits::sequence_max < (std::uint64_t{1} << sequence_bits));
static_assert(limits::group_number_max < (1 << group_bits));

constexpr OperationKey operation_key(std::int64_t writer_index, std::uint64_t sequence) {
  assert(sequence > 0 && sequence < (std::uint64_t{1} << sequence_bits));
  return (writer_index << sequence_bits) | static_cast<std::int64_t>(sequence);
}
constexpr std::int64_t writer_index_of(OperationKey key) {
  return key >> sequence_bits;
}
constexpr std::uint64_t sequence_of(OperationKey key) {
  return static_cast<std::uint64_t>(key) & ((std::uint64_t{1} << sequence_bits) - 1);
}

constexpr CellKey cell_key(std::int64_t record_index, records::GroupNumber group) {
  assert(group < (1 << group_bits));
  return (record_index << group_bits) | group;
}
constexpr std::int64_t record_index_of(CellKey cell) {
  return cell >> group_bits;
}
constexpr records::GroupNumber group_of(CellKey cell) {
  return static_cast<records::GroupNumber>(cell & ((1 << group_bits) - 1));
}

}  // namespace kuangxun::sqlite
