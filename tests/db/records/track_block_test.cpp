#include "db/records/track_block.h"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <limits>

#include "db/base/calendar.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/records/describe.h"
#include "db/records/handles/track_block.h"
#include "db/records/kinds.h"
#include "db/records/track_column.h"
#include "db/records/validate.h"
#include "tests/support/damage.h"
#include "tests/support/seeded_random.h"
#include "tests/support/where.h"

namespace kuangxun::records {
namespace {

constexpr std::int64_t may_2026_ms = 1'777'602'600'000;
using tests::SeededRandom;

std::int64_t between(SeededRandom& random, std::int64_t minimum, std::int64_t maximum) {
  return minimum + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(maximum - minimum) + 1));
}

// The example of TRACK_BLOCK.md.
std::vector<TrackPoint> example() {
  std::vector<TrackPoint> points;
  const std::int64_t north[] = {0, 167, 333};
  for (int i = 0; i < 3; ++i) {
    points.push_back(
        {may_2026_ms + 1000 * i, 43'200'000'000 + north[i], 81'800'000'000, 1'400'000 + 100 * i, 2500, 2, 12, 0});
  }
  return points;
}

// Anything a point may hold.
TrackPoint wild_point(SeededRandom& random) {
  TrackPoint point;
  point.time_ms = may_2026_ms + between(random, -86'400'000, 86'400'000);
  point.latitude_nanodegrees = between(random, -90'000'000'000, 90'000'000'000);
  point.longitude_nanodegrees = between(random, -180'000'000'000, 180'000'000'000);
  if (random.chance_percent(50)) point.ellipsoidal_height_mm = between(random, -100'000'000, 100'000'000);
  if (random.chance_percent(50)) point.accuracy_mm = between(random, 0, 100'000'000);
  point.fix_quality = static_cast<std::uint8_t>(random.below(256));
  point.satellites = static_cast<std::uint8_t>(random.below(256));
  point.flags = static_cast<std::uint16_t>(random.below(65'536));
  return point;
}

// A walk, each number a little from the one before; now and then the receiver is lost, or says less.
std::vector<TrackPoint> walk(SeededRandom& random, std::size_t count, std::int64_t step_nanodegrees) {
  std::vector<TrackPoint> points;
  TrackPoint point = wild_point(random);
  point.time_ms = may_2026_ms;
  point.latitude_nanodegrees = 43'200'000'000;
  point.longitude_nanodegrees = 81'800'000'000;
  point.ellipsoidal_height_mm = 1'400'000;
  point.accuracy_mm = 2500;
  for (std::size_t i = 0; i < count; ++i) {
    point.time_ms += random.chance_percent(98) ? 1000 : 7321;
    point.flags = random.chance_percent(98) ? 0 : track_flags::gap_before;
    point.latitude_nanodegrees += step_nanodegrees * between(random, -90, 90);
    point.longitude_nanodegrees += step_nanodegrees * between(random, -90, 90);
    if (random.chance_percent(5)) point.ellipsoidal_height_mm.reset();
    if (!point.ellipsoidal_height_mm && random.chance_percent(50)) point.ellipsoidal_height_mm = 1'400'000;
    points.push_back(point);
  }
  return points;
}

void comes_back(const std::vector<TrackPoint>& points) {
  const Bytes bytes = encode_track_block(points, may_2026_ms);
  const auto read = decode_track_block(bytes, may_2026_ms);
  REQUIRE(read.ok());
  CHECK(*read == points);
}

bool is_refused(const Bytes& bytes) {
  const auto points = decode_track_block(bytes, may_2026_ms);
  return !points.ok() && points.error().code() == ErrorCode::bad_input;
}

Bytes hex(std::string_view text) {
  return *from_hex(text);
}

}  // namespace

TEST_CASE("points come back as they were, whatever they are") {
  SeededRandom random(1);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    std::vector<TrackPoint> points;
    for (std::uint64_t left = 1 + random.below(80); left > 0; --left) points.push_back(wild_point(random));
    comes_back(points);
    comes_back(walk(random, 1 + random.below(70), 1 + between(random, 0, 300)));
  }
}

TEST_CASE("minutes with decimals, as receivers write them, come back exactly and in fewer bytes") {
  SeededRandom random(2);
  for (const std::int64_t units_each_minute : {10'000, 100'000, 1'000'000, 10'000'000}) {
    std::vector<TrackPoint> points = walk(random, 60, 1);
    std::int64_t unit = 43 * 60 * units_each_minute;
    for (TrackPoint& point : points) {
      unit += between(random, -50, 50);
      // To the nearest: 1e9 / 60 is 50e6 / 3.
      const std::int64_t thirds = unit * (50'000'000 / units_each_minute);
      point.latitude_nanodegrees = (2 * thirds + 3) / 6;
    }
    comes_back(points);
    std::vector<std::int64_t> latitudes;
    for (const TrackPoint& point : points) latitudes.push_back(point.latitude_nanodegrees);
    Bytes column;
    append_column(column, 3, latitudes);
    CHECK(column.size() < 80);
  }
}

TEST_CASE("the ends of every range fit, and what lies beyond does not") {
  std::vector<TrackPoint> points;
  for (const std::int64_t sign : {-1, 1}) {
    points.push_back({may_2026_ms + sign * 86'400'000, sign * 90'000'000'000, sign * 180'000'000'000,
                      sign * 100'000'000, sign < 0 ? 0 : 100'000'000, 255, 255, 65'535});
  }
  for (const TrackPoint& point : points) CHECK(fits_track_block(point, may_2026_ms));
  points.insert(points.end(), {points[1], points[0], points[0], points[1]});
  comes_back(points);
  comes_back({points[0]});
  const auto does_not_fit = [&](const std::function<void(TrackPoint&)>& change) {
    TrackPoint point = points[1];
    change(point);
    return !fits_track_block(point, may_2026_ms);
  };
  CHECK(does_not_fit([](TrackPoint& point) { ++point.time_ms; }));
  CHECK(does_not_fit([](TrackPoint& point) { ++point.latitude_nanodegrees; }));
  CHECK(does_not_fit([](TrackPoint& point) { ++point.longitude_nanodegrees; }));
  CHECK(does_not_fit([](TrackPoint& point) { ++*point.ellipsoidal_height_mm; }));
  CHECK(does_not_fit([](TrackPoint& point) { ++*point.accuracy_mm; }));
  CHECK(does_not_fit([](TrackPoint& point) { point.accuracy_mm = -1; }));
  CHECK(does_not_fit([](TrackPoint& point) { point.time_ms = std::numeric_limits<std::int64_t>::min(); }));
  CHECK_FALSE(fits_track_block(points[1], std::numeric_limits<std::int64_t>::min()));
  CHECK_FALSE(decode_track_block(encode_track_block(points, may_2026_ms), last_instant_ms + 1).ok());
}

TEST_CASE("as many points as a block may hold, of noise in every number, stay under the limit of bytes") {
  SeededRandom random(3);
  std::vector<TrackPoint> points;
  for (std::size_t i = 0; i < limits::track_block_points_max; ++i) points.push_back(wild_point(random));
  comes_back(points);
  CHECK(encode_track_block(points, may_2026_ms).size() < limits::track_block_bytes_max / 3);
}

// These blocks were written by the first version. They are never made again.
TEST_CASE("golden: blocks of version 1 are read as on the first day") {
  const auto page = read_text_file(source_folder() + "/db/records/TRACK_BLOCK.md", 1 << 20);
  REQUIRE(page.ok());
  const std::size_t begin = page->find("```hex\n") + 7;
  const std::string on_page = replace_all(page->substr(begin, page->find("```", begin) - begin), "\n", "");
  const std::string first =
      "01031402060225050000d00f013909f40380d098f701001b440780c8c7bae1040254020402640218027907ac02e0da01001b8401038827"
      "02";
  CHECK(on_page == first);
  const auto points = decode_track_block(hex(first), may_2026_ms);
  REQUIRE(points.ok());
  CHECK(*points == example());

  std::vector<TrackPoint> second = example();
  second[1].flags = 0xffff;
  second[1].ellipsoidal_height_mm.reset();
  second[2].accuracy_mm.reset();
  second[1].longitude_nanodegrees = -180'000'000'000;
  second[1].time_ms -= 5000;
  const auto read = decode_track_block(
      hex("010310070611c7ff9f00002805f02e00010d3909f40380d098f701001b480f8827809be72e1bfd977f1360737601540204026402180"
          "27906d804b06d0003840103882701"),
      may_2026_ms);
  REQUIRE(read.ok());
  CHECK(*read == second);
}

TEST_CASE("a column or flag of a later program is passed over, a later version is kept as such") {
  Bytes bytes = encode_track_block(example(), may_2026_ms);
  const Bytes more = {9 * 16 % 128 + 128, 1, 3, 1, 2, 3};
  bytes.insert(bytes.end(), more.begin(), more.end());
  const auto points = decode_track_block(bytes, may_2026_ms);
  REQUIRE(points.ok());
  CHECK(*points == example());
  bytes[0] = 2;
  const auto newer = decode_track_block(bytes, may_2026_ms);
  REQUIRE_FALSE(newer.ok());
  CHECK(newer.error().code() == ErrorCode::newer_version);
}

TEST_CASE("hostile blocks are refused") {
  const char* blocks[] = {
      "",
      "00",
      "01",
      "0100",                            // no points
      "0101",                            // no columns
      "01911c",                          // 3,601 points
      "018180808080808080808000",        // a number that is not in its shortest form
      "01ffffffffffffffffff7f",          // over 64 bits
      "0103ffffffffffffffff7f",          // a key alone
      "010125ffffffffffffffff7f00",      // a length beyond the bytes left
      "0101240200003402000024020000",    // columns that do not ascend
      "01012402000034020000",            // no longitude
      "010125020000350200004502000000",  // a key without its length
  };
  for (const char* block : blocks) {
    CAPTURE(block);
    CHECK(is_refused(hex(block)));
  }
  const auto with_times = [&](std::string_view column) {
    return hex("0102" + std::string(column) + "3402000144020001");
  };
  CHECK(decode_track_block(with_times("24020001"), may_2026_ms).ok());
  CHECK(is_refused(with_times("24020002")));              // a run beyond the points
  CHECK(is_refused(with_times("24020000")));              // too few
  CHECK(is_refused(with_times("2403000100")));            // too many
  CHECK(is_refused(with_times("27020001")));              // order 3
  CHECK(is_refused(with_times("2c03000001")));            // step 0
  CHECK(is_refused(with_times("2c03030001")));            // the step that is not written
  CHECK(is_refused(with_times("2c06818080010001")));      // a step over 2^21
  CHECK(is_refused(with_times("24088080808080804001")));  // beyond every range
  CHECK(is_refused(with_times("2003000000")) == false);   // in bits: k 0, the number 0
  CHECK(is_refused(with_times("2003000002")));            // an unused bit is set
  CHECK(is_refused(with_times("200400000000")));          // a byte too many
  CHECK(is_refused(with_times("2003002c00")));            // 44 low bits
  CHECK(is_refused(with_times("2002002b")));              // bits that are not there
  CHECK(is_refused(with_times("20050000ffffff")));        // the whole number is not there
  CHECK(is_refused(with_times("240180")));                // cut off in a number
}

TEST_CASE("every truncation and every flipped bit is refused or read, and what is read can be written again") {
  SeededRandom random(4);
  std::vector<Bytes> pieces = {encode_track_block(example(), may_2026_ms)};
  pieces.push_back(encode_track_block(walk(random, 60, 31), may_2026_ms));
  std::vector<TrackPoint> wild;
  for (int i = 0; i < 20; ++i) wild.push_back(wild_point(random));
  pieces.push_back(encode_track_block(wild, may_2026_ms));
  const tests::DamageCounts counts = tests::damage_everywhere(pieces, [](std::size_t, const Bytes& damaged) {
    const auto points = decode_track_block(damaged, may_2026_ms);
    if (!points.ok()) return false;
    // A frame's signature tells that a byte is another one; here only sense can be asked for.
    for (const TrackPoint& point : *points) {
      if (!fits_track_block(point, may_2026_ms)) return true;
    }
    const auto again = decode_track_block(encode_track_block(*points, may_2026_ms), may_2026_ms);
    return !again.ok() || *again != *points;
  });
  MESSAGE(counts.text());
  CHECK(counts.accepted == 0);
  CHECK(counts.truncations > 600);
  CHECK(counts.slowest_ms < 50);
}

TEST_CASE("a value of track points is found wrong when it is, and told in people's words") {
  const KindDescription& kind = kind_of(kinds::track_block);
  const FieldDescription& field = *kind.find_field(records::track_block::points);
  const Bytes good = encode_track_block(walk(*std::make_unique<SeededRandom>(5), 60, 31), may_2026_ms);
  CHECK(validate_value(field, good).empty());
  CHECK(display_value(field, good).find("60") == 0);
  CHECK_FALSE(validate_value(field, Bytes{1, 2, 3}).empty());
  CHECK(*parse_value(field, format_value(field, good)) == Value(good));
  CHECK_FALSE(parse_value(field, "01zz").ok());
  // One operation a block.
  CHECK(kind.groups == std::vector<GroupNumber>{1, 7});
}

}  // namespace kuangxun::records
