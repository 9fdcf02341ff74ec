#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"

// Numbers of a track as few bytes: what track_block.cpp is made of. TRACK_BLOCK.md describes every byte.
namespace kuangxun::records {

// A number as LEB128: 7 bits a byte, low bits first.
void append_number(Bytes& bytes, std::uint64_t value);
// Takes one from the front. bad_input when it is cut off, over 64 bits, or not in its shortest form.
Result<std::uint64_t> take_number(ByteView& bytes);

struct ColumnRange {
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  bool has(std::int64_t value) const { return minimum <= value && value <= maximum; }
};

// Key (the column's number and its form), length and content, in the shortest of all forms.
void append_column(Bytes& bytes, std::uint64_t column, std::span<const std::int64_t> values);

struct ColumnBytes {
  std::uint64_t column = 0;
  std::uint64_t form = 0;
  ByteView content;
};
// Takes key, length and content from the front.
Result<ColumnBytes> take_column(ByteView& bytes);
// Exactly `count` values, each in `range`; the content must be used up. `count` is 1 to
// limits::track_block_points_max.
Result<std::vector<std::int64_t>> decode_column(const ColumnBytes& column, std::size_t count, const ColumnRange& range);

// What is told of bytes that are no block of a track.
Error not_track_points(const Words& why);

}  // namespace kuangxun::records
