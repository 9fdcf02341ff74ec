// What a tracked point weighs: a walk of eight hours, once a second, in blocks of a minute, in frames; everything
// included.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "db/frames/frame.h"
#include "db/records/choices/datum.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "db/records/track_block.h"
#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

constexpr int points_each_block = 60;
constexpr int blocks_total = 480;
constexpr std::int64_t begin_ms = 1'780'000'000'000;

// How finely the receiver says what it measured.
enum class Resolution {
  full,  // 1e-9 degree, every digit moving
  nmea,  // minutes with 5 decimals, heights in decimetres, accuracy from two decimals of HDOP
};

// Somebody who walks, stands and turns, seen by a receiver whose error wanders by metres over a minute and jumps by
// centimetres each second.
class Walk {
 public:
  Walk(Resolution resolution, std::uint64_t seed) : resolution_(resolution), random_(seed) {}

  records::TrackPoint next() {
    if (random_.below(60) == 0) speed_m_s_ = random_.below(3) == 0 ? 0 : 0.5 + uniform();
    heading_ += noise(0.1);
    north_m_ += speed_m_s_ * std::cos(heading_);
    east_m_ += speed_m_s_ * std::sin(heading_);
    height_m_ += 0.1 * speed_m_s_ * std::sin(heading_ / 3);
    for (double* wander : {&wander_north_m_, &wander_east_m_, &wander_up_m_}) *wander = *wander * 0.983 + noise(0.35);
    if (random_.below(40) == 0) satellites_ += random_.chance_percent(50) && satellites_ < 20 ? 1 : -1;
    if (satellites_ < 8) satellites_ = 8;
    accuracy_m_ = 1.8 + (accuracy_m_ - 1.8) * 0.98 + noise(0.02);
    records::TrackPoint point;
    point.time_ms = begin_ms + 1000 * second_++;
    constexpr double metres_each_degree = 111'320;
    point.latitude_nanodegrees = angle(43.2 + (north_m_ + wander_north_m_ + noise(0.05)) / metres_each_degree);
    point.longitude_nanodegrees = angle(81.8 + (east_m_ + wander_east_m_ + noise(0.05)) / metres_each_degree / 0.729);
    point.ellipsoidal_height_mm = length(height_m_ + 1.5 * wander_up_m_ + noise(0.08), 100);
    point.accuracy_mm = length(std::fabs(accuracy_m_), 50);
    point.fix_quality = 2;
    point.satellites = static_cast<std::uint8_t>(satellites_);
    return point;
  }

 private:
  double uniform() { return static_cast<double>(random_.below(1'000'000)) / 1e6; }
  double noise(double sigma) {
    return sigma * std::sqrt(-2 * std::log(uniform() + 1e-9)) * std::cos(2 * std::numbers::pi * uniform());
  }
  std::int64_t angle(double degrees) const {
    if (resolution_ == Resolution::full) return std::llround(degrees * 1e9);
    return std::llround(std::round(degrees * 6e6) * 1e9 / 6e6);
  }
  std::int64_t length(double metres, int step_mm) const {
    if (resolution_ == Resolution::full) return std::llround(metres * 1000);
    return std::llround(metres * 1000 / step_mm) * step_mm;
  }

  Resolution resolution_;
  tests::SeededRandom random_;
  std::int64_t second_ = 0;
  double speed_m_s_ = 1;
  double heading_ = 0;
  double north_m_ = 0;
  double east_m_ = 0;
  double height_m_ = 1400;
  double wander_north_m_ = 0;
  double wander_east_m_ = 0;
  double wander_up_m_ = 0;
  double accuracy_m_ = 1.8;
  int satellites_ = 12;
};

struct PointBytes {
  double raw = 0;
  double packed = 0;
};

// As the laptop keeps them: one operation a block, so many blocks in a frame.
PointBytes bytes_of(Resolution resolution, std::size_t blocks_each_frame) {
  Walk walk(resolution, 3);
  tests::SeededRandom random(4);
  const auto make_id = [&] {
    Uuid id;
    random.fill(id.bytes);
    return id;
  };
  const history::WriterId writer{make_id(), 1};
  const SigningKey key = SigningKey::generate(random);
  const Uuid person = make_id();
  const Uuid visit = make_id();
  const Uuid first_block = make_id();
  Hash previous;
  std::size_t raw = 0;
  std::size_t packed = 0;
  std::vector<history::Operation> operations;
  for (int block = 0; block < blocks_total; ++block) {
    std::vector<records::TrackPoint> points;
    for (int i = 0; i < points_each_block; ++i) points.push_back(walk.next());
    const std::int64_t started_ms = points.front().time_ms;
    history::Operation operation;
    operation.id = {writer, static_cast<std::uint64_t>(block) + 1};
    operation.time = {points.back().time_ms + 20, 0};
    operation.person = person;
    operation.record = block == 0 ? first_block : make_id();
    operation.kind = records::kinds::track_block;
    operation.group = 1;
    operation.values = {{1, visit},
                        {2, first_block},
                        {3, started_ms},
                        {4, std::int64_t{480}},
                        {5, std::int64_t{records::datum::cgcs2000}},
                        {6, records::encode_track_block(points, started_ms)}};
    operations.push_back(std::move(operation));
    if (operations.size() < blocks_each_frame) continue;
    const frames::Frame frame = frames::seal_frame(operations, previous, Hash{}, key);
    previous = frame.hash();
    packed += frame.bytes.size();
    raw += frame.bytes.size() - frame.header.payload_bytes + frame.header.raw_payload_bytes;
    operations.clear();
  }
  constexpr double points_total = double{points_each_block} * blocks_total;
  return {static_cast<double>(raw) / points_total, static_cast<double>(packed) / points_total};
}

// An hour in a frame, as a sync finds it; and the smallest frame there is, of one block.
void track_bytes(benchmark::State& state) {
  for (auto _ : state) {
    const PointBytes hour = bytes_of(Resolution::full, 60);
    state.counters["raw"] = hour.raw;
    state.counters["zstd"] = hour.packed;
    const PointBytes minute = bytes_of(Resolution::full, 1);
    state.counters["minute_raw"] = minute.raw;
    state.counters["minute_zstd"] = minute.packed;
    const PointBytes nmea = bytes_of(Resolution::nmea, 60);
    state.counters["nmea_raw"] = nmea.raw;
    state.counters["nmea_zstd"] = nmea.packed;
  }
}
BENCHMARK(track_bytes)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
