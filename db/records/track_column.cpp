#include "db/records/track_column.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <optional>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::records {
namespace {

// On disk for ever: the low bits of a column's key.
constexpr std::uint64_t form_bits = 4;
constexpr std::uint64_t order_mask = 3;
constexpr std::uint64_t order_max = 2;
constexpr std::uint64_t runs_bit = 4;
constexpr std::uint64_t step_bit = 8;

// A step is counted in thirds, so that minutes with decimals, as receivers write them, are whole steps: 1e-5 minute is
// 166 2/3 nanodegrees.
constexpr std::int64_t whole_step = 3;
// 1e-4 to 1e-7 minute.
constexpr std::array<std::int64_t, 4> minute_steps = {5000, 500, 50, 5};
// Beyond these no value of ours lies, and nothing below can overflow.
constexpr std::int64_t step_max = std::int64_t{1} << 21;
constexpr std::int64_t multiple_max = std::int64_t{1} << 40;
constexpr std::int64_t residual_max = 4 * multiple_max;

// Numbers in bits: how many low bits there may be, where a number is written whole instead, and how wide that is.
constexpr unsigned low_bits_max = 43;
constexpr unsigned ones_max = 24;
constexpr unsigned whole_bits = 44;

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// A third is never in the middle of two numbers, so that the nearest one is always one.
std::int64_t nearest_quotient(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t half = divisor / 2;
  return dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor);
}

std::int64_t value_at(std::int64_t multiple, std::int64_t step) {
  return nearest_quotient(multiple * step, whole_step);
}

std::optional<std::vector<std::int64_t>> multiples_of(std::span<const std::int64_t> values, std::int64_t step) {
  std::vector<std::int64_t> multiples;
  for (const std::int64_t value : values) {
    const std::int64_t multiple = nearest_quotient(value * whole_step, step);
    if (value_at(multiple, step) != value) return std::nullopt;
    multiples.push_back(multiple);
  }
  return multiples;
}

// The first value stands for itself in every order; the first difference counts from no difference.
std::vector<std::int64_t> residuals_of(const std::vector<std::int64_t>& multiples, std::uint64_t order) {
  std::vector<std::int64_t> residuals;
  std::int64_t difference = 0;
  for (std::size_t i = 0; i < multiples.size(); ++i) {
    if (i == 0 || order == 0) {
      residuals.push_back(multiples[i]);
      continue;
    }
    const std::int64_t next = multiples[i] - multiples[i - 1];
    residuals.push_back(order == 1 ? next : next - difference);
    difference = next;
  }
  return residuals;
}

// Bits, the first one in the lowest place of the first byte.
class BitWriter {
 public:
  explicit BitWriter(Bytes& bytes) : bytes_(bytes) {}
  void append(std::uint64_t bits, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      if (used_ == 0) bytes_.push_back(0);
      bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | (((bits >> i) & 1) << used_));
      used_ = (used_ + 1) % 8;
    }
  }

 private:
  Bytes& bytes_;
  unsigned used_ = 0;
};

class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() * 8 - at_; }
  // `count` is at most left().
  std::uint64_t take(unsigned count) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < count; ++i, ++at_) {
      bits |= ((std::uint64_t{bytes_[at_ / 8]} >> (at_ % 8)) & 1) << i;
    }
    return bits;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

// How many low bits are written as they are: as many as make the whole shortest.
unsigned best_low_bits(std::span<const std::int64_t> residuals) {
  unsigned best = 0;
  std::uint64_t best_size = UINT64_MAX;
  for (unsigned low_bits = 0; low_bits <= low_bits_max; ++low_bits) {
    std::uint64_t size = 0;
    for (const std::int64_t residual : residuals) {
      const std::uint64_t high = zigzag(residual) >> low_bits;
      size += high >= ones_max ? ones_max + whole_bits : high + 1 + low_bits;
    }
    if (size < best_size) best = low_bits;
    best_size = std::min(best_size, size);
  }
  return best;
}

void append_bits(Bytes& content, std::span<const std::int64_t> residuals) {
  append_number(content, zigzag(residuals.front()));
  residuals = residuals.subspan(1);
  if (residuals.empty()) return;
  const unsigned low_bits = best_low_bits(residuals);
  content.push_back(static_cast<std::uint8_t>(low_bits));
  BitWriter bits(content);
  for (const std::int64_t residual : residuals) {
    const std::uint64_t number = zigzag(residual);
    const std::uint64_t high = number >> low_bits;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(high, ones_max); ++i) bits.append(1, 1);
    if (high >= ones_max) {
      bits.append(number, whole_bits);
    } else {
      bits.append(0, 1);
      bits.append(number, low_bits);
    }
  }
}

void append_runs(Bytes& content, std::span<const std::int64_t> residuals) {
  for (std::size_t i = 0; i < residuals.size();) {
    std::size_t end = i + 1;
    while (end < residuals.size() && residuals[end] == residuals[i]) ++end;
    append_number(content, zigzag(residuals[i]));
    append_number(content, end - i - 1);
    i = end;
  }
}

Bytes content_of(const std::vector<std::int64_t>& residuals, std::int64_t step, bool has_runs) {
  Bytes content;
  if (step != whole_step) append_number(content, static_cast<std::uint64_t>(step));
  if (has_runs) {
    append_runs(content, residuals);
  } else {
    append_bits(content, residuals);
  }
  return content;
}

using Residuals = Result<std::vector<std::int64_t>>;

Residuals read_runs(ByteView left, std::size_t count) {
  std::vector<std::int64_t> residuals;
  while (residuals.size() < count) {
    KX_TRY(number, take_number(left));
    KX_TRY(more, take_number(left));
    if (more >= count - residuals.size()) return not_track_points("run");
    residuals.insert(residuals.end(), static_cast<std::size_t>(more) + 1, unzigzag(number));
  }
  if (!left.empty()) return not_track_points("trailing bytes");
  return residuals;
}

Residuals read_bits(ByteView left, std::size_t count) {
  KX_TRY(first, take_number(left));
  std::vector<std::int64_t> residuals = {unzigzag(first)};
  if (count == 1) return left.empty() ? Residuals(std::move(residuals)) : not_track_points("trailing bytes");
  if (left.empty() || left.front() > low_bits_max) return not_track_points("bits");
  const unsigned low_bits = left.front();
  BitReader bits(left.subspan(1));
  if (count - 1 > bits.left() / (low_bits + 1)) return not_track_points("count");
  residuals.reserve(count);
  while (residuals.size() < count) {
    std::uint64_t high = 0;
    while (high < ones_max && bits.left() > 0 && bits.take(1) == 1) ++high;
    const unsigned rest = high == ones_max ? whole_bits : low_bits;
    if (bits.left() < rest) return not_track_points("bits");
    const std::uint64_t number = high == ones_max ? bits.take(rest) : (high << low_bits) | bits.take(rest);
    residuals.push_back(unzigzag(number));
  }
  if (bits.left() >= 8 || bits.take(static_cast<unsigned>(bits.left())) != 0) return not_track_points("trailing bits");
  return residuals;
}

// Steps that all values are whole numbers of.
std::vector<std::int64_t> steps_of(std::span<const std::int64_t> values) {
  std::vector<std::int64_t> steps = {whole_step};
  std::int64_t common = 0;
  for (const std::int64_t value : values) common = std::gcd(common, value);
  if (common > 1 && common <= step_max / whole_step) steps.push_back(common * whole_step);
  steps.insert(steps.end(), minute_steps.begin(), minute_steps.end());
  return steps;
}

}  // namespace

Error not_track_points(const Words& why) {
  return Error(ErrorCode::bad_input, phrase("not valid track points ({0})", {why}));
}

void append_number(Bytes& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

Result<std::uint64_t> take_number(ByteView& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) return not_track_points("length");
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    if (shift == 63 && byte > 1) break;
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte >= 0x80) continue;
    if (byte == 0 && shift > 0) break;
    return value;
  }
  return not_track_points("number");
}

void append_column(Bytes& bytes, std::uint64_t column, std::span<const std::int64_t> values) {
  std::optional<Bytes> best;
  std::uint64_t best_form = 0;
  for (const std::int64_t step : steps_of(values)) {
    const auto multiples = multiples_of(values, step);
    if (!multiples.has_value()) continue;
    for (std::uint64_t order = 0; order <= order_max; ++order) {
      const std::vector<std::int64_t> residuals = residuals_of(*multiples, order);
      for (const bool has_runs : {true, false}) {
        Bytes content = content_of(residuals, step, has_runs);
        if (best.has_value() && content.size() >= best->size()) continue;
        best = std::move(content);
        best_form = order | (has_runs ? runs_bit : 0) | (step != whole_step ? step_bit : 0);
      }
    }
  }
  append_number(bytes, (column << form_bits) | best_form);
  append_number(bytes, best->size());
  bytes.insert(bytes.end(), best->begin(), best->end());
}

Result<ColumnBytes> take_column(ByteView& bytes) {
  KX_TRY(key, take_number(bytes));
  KX_TRY(size, take_number(bytes));
  if (size > bytes.size()) return not_track_points("length");
  const ColumnBytes column{key >> form_bits, key & ((1U << form_bits) - 1),
                           bytes.first(static_cast<std::size_t>(size))};
  bytes = bytes.subspan(static_cast<std::size_t>(size));
  return column;
}

Result<std::vector<std::int64_t>> decode_column(const ColumnBytes& column, std::size_t count,
                                                const ColumnRange& range) {
  assert(count > 0 && count <= limits::track_block_points_max);
  const std::uint64_t order = column.form & order_mask;
  const bool has_runs = (column.form & runs_bit) != 0;
  if (order > order_max) return not_track_points("form");
  ByteView left = column.content;
  std::uint64_t step = whole_step;
  if ((column.form & step_bit) != 0) {
    KX_TRY(given, take_number(left));
    step = given;
    if (step == 0 || step == whole_step || step > step_max) return not_track_points("step");
  }
  KX_TRY(residuals, has_runs ? read_runs(left, count) : read_bits(left, count));
  std::int64_t multiple = 0;
  std::int64_t difference = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t residual = residuals[i];
    if (residual > residual_max || residual < -residual_max) return not_track_points("number");
    if (i > 0) difference = order == 2 ? difference + residual : residual;
    multiple = i == 0 || order == 0 ? residual : multiple + difference;
    if (multiple > multiple_max || multiple < -multiple_max) return not_track_points("number");
    residuals[i] = value_at(multiple, static_cast<std::int64_t>(step));
    if (!range.has(residuals[i])) return not_track_points("range");
  }
  return residuals;
}

}  // namespace kuangxun::records
