// Where: projections, boundaries and areas beside GeographicLib's own, and how fast a receiver's recording is read.
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>

#include <GeographicLib/PolygonArea.hpp>
#include <GeographicLib/TransverseMercator.hpp>
#include <chrono>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "app/geo/boundary.h"
#include "app/geo/geodesy.h"
#include "app/geo/grid.h"
#include "app/geo/overlap.h"
#include "app/geo/ring.h"
#include "app/gps/nmea_parser.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace kuangxun;

constexpr double pi = 3.14159265358979323846;

std::vector<geo::Position> points_in_the_county(std::size_t count) {
  std::mt19937_64 generator(1);
  std::vector<geo::Position> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back({static_cast<std::int64_t>(42'700'000'000 + generator() % 1'000'000'000),
                      static_cast<std::int64_t>(81'000'000'000 + generator() % 2'500'000'000)});
  }
  return points;
}

// A ring round a place, wavy so that it does not cross itself.
std::vector<geo::Position> ring_round(const geo::Position& middle, std::size_t corners, double radius_deg) {
  std::vector<geo::Position> ring;
  for (std::size_t i = 0; i < corners; ++i) {
    const double angle = 2 * pi * static_cast<double>(i) / static_cast<double>(corners);
    const double radius = radius_deg * (1 + 0.2 * std::sin(9 * angle)) * 1e9;
    ring.push_back({middle.latitude_nanodegrees + std::llround(radius * std::sin(angle)),
                    middle.longitude_nanodegrees + std::llround(radius * std::cos(angle))});
  }
  return ring;
}

void project_points_baseline(benchmark::State& state) {
  const auto points = points_in_the_county(1000);
  const GeographicLib::TransverseMercator projection(geo::cgcs2000_semi_major_axis_m, geo::cgcs2000_flattening, 1.0);
  double x = 0, y = 0;
  for (auto _ : state) {
    for (const geo::Position& point : points) {
      projection.Forward(81, static_cast<double>(point.latitude_nanodegrees) / 1e9,
                         static_cast<double>(point.longitude_nanodegrees) / 1e9, x, y);
      benchmark::DoNotOptimize(x + y);
    }
  }
  state.counters["points_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * 1000), benchmark::Counter::kIsRate);
}
BENCHMARK(project_points_baseline);

void project_points(benchmark::State& state) {
  const auto points = points_in_the_county(1000);
  for (auto _ : state) {
    for (const geo::Position& point : points) benchmark::DoNotOptimize(geo::project(point, 81));
  }
  state.counters["points_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * 1000), benchmark::Counter::kIsRate);
}
BENCHMARK(project_points);

// Licences of about a kilometre all over the county; each point lies in the middle of one of them.
void place_among_boundaries(benchmark::State& state) {
  const auto middles = points_in_the_county(1000);
  std::vector<geo::Boundary> boundaries;
  for (const geo::Position& middle : middles) {
    boundaries.push_back(*geo::Boundary::make({ring_round(middle, 50, 0.005)}, std::int64_t{500}));
  }
  std::size_t at = 0;
  for (auto _ : state) {
    at = (at + 1) % middles.size();
    int inside = 0;
    for (const geo::Boundary& boundary : boundaries) {
      inside += geo::place(middles[at], 5'000, boundary)->standing == geo::Standing::inside ? 1 : 0;
    }
    benchmark::DoNotOptimize(inside);
  }
}
BENCHMARK(place_among_boundaries)->Unit(benchmark::kMillisecond);

// A walked area of 50 corners that reaches over a licence of 50 corners with a hole.
struct WalkedSite {
  std::vector<geo::MeasuredCorner> area;
  geo::Boundary line;

  static WalkedSite make() {
    const geo::Position middle{43'000'000'000, 82'000'000'000};
    geo::Boundary line = *geo::Boundary::make(
        {ring_round(middle, 50, 0.005), ring_round({43'001'000'000, 82'002'000'000}, 12, 0.0005)}, std::int64_t{500});
    std::vector<geo::MeasuredCorner> area;
    for (const geo::Position& corner : ring_round({43'001'000'000, 82'004'000'000}, 50, 0.003)) {
      area.push_back({corner, 3.0, static_cast<std::int64_t>(area.size()) * 20'000});
    }
    return {std::move(area), std::move(line)};
  }
};

// Only the area's corners, one by one, each with its chance.
void overlap_area_baseline(benchmark::State& state) {
  const WalkedSite site = WalkedSite::make();
  for (auto _ : state) {
    for (const geo::MeasuredCorner& corner : site.area) {
      benchmark::DoNotOptimize(geo::place(corner.position, 3'000, site.line));
    }
  }
}
BENCHMARK(overlap_area_baseline)->Unit(benchmark::kMillisecond);

void overlap_area(benchmark::State& state) {
  const WalkedSite site = WalkedSite::make();
  for (auto _ : state) {
    const auto found = geo::overlap(site.area, site.line);
    if (!found.ok() || found->standing != geo::Standing::outside) state.SkipWithError("the area is not outside");
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK(overlap_area)->Unit(benchmark::kMillisecond);

constexpr std::size_t vertices = 100'000;

void area_of_ring_baseline(benchmark::State& state) {
  const auto ring = ring_round({43'000'000'000, 82'000'000'000}, vertices, 0.2);
  const GeographicLib::Geodesic earth(geo::cgcs2000_semi_major_axis_m, geo::cgcs2000_flattening);
  for (auto _ : state) {
    GeographicLib::PolygonArea polygon(earth);
    for (const geo::Position& corner : ring) {
      polygon.AddPoint(static_cast<double>(corner.latitude_nanodegrees) / 1e9,
                       static_cast<double>(corner.longitude_nanodegrees) / 1e9);
    }
    double perimeter_m = 0, area_m2 = 0;
    polygon.Compute(false, true, perimeter_m, area_m2);
    benchmark::DoNotOptimize(area_m2);
  }
}
BENCHMARK(area_of_ring_baseline)->Unit(benchmark::kMillisecond);

void area_of_ring(benchmark::State& state) {
  const auto ring = ring_round({43'000'000'000, 82'000'000'000}, vertices, 0.2);
  if (const auto measured = geo::ring_area(ring); !measured.ok()) {
    state.SkipWithError(measured.error().message().c_str());
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(geo::ring_area(ring));
}
BENCHMARK(area_of_ring)->Unit(benchmark::kMillisecond);

std::string with_checksum(const std::string& sentence) {
  unsigned sum = 0;
  for (const char c : sentence) sum ^= static_cast<unsigned char>(c);
  char text[8];
  std::snprintf(text, sizeof text, "*%02X\r\n", sum);
  return "$" + sentence + text;
}

// What a usual receiver says each second, for an hour.
std::string recording() {
  std::string text;
  for (int second = 0; second < 3600; ++second) {
    char time[16], minutes[16];
    std::snprintf(time, sizeof time, "%02d%02d%02d.00", 8 + second / 3600, second / 60 % 60, second % 60);
    std::snprintf(minutes, sizeof minutes, "4312.%05d", second);
    text +=
        with_checksum("GNGGA," + std::string(time) + "," + minutes + ",N,08148.12345,E,1,12,0.8,1523.4,M,-45.2,M,,");
    text += with_checksum("GNGSA,A,3,02,05,12,15,25,29,,,,,,,1.5,0.8,1.3");
    text += with_checksum("GPGSV,3,1,11,02,45,120,40,05,30,060,38,12,70,300,42,15,20,200,33");
    text += with_checksum("GPGSV,3,2,11,18,10,150,28,20,05,330,25,25,60,090,41,29,50,250,39");
    text += with_checksum("GPGSV,3,3,11,31,15,040,30,06,08,100,22,09,03,270,18");
    text += with_checksum("GNRMC," + std::string(time) + ",A," + minutes + ",N,08148.12345,E,0.1,45.0,241126,,,A");
    text += with_checksum("GNVTG,45.0,T,,M,0.1,N,0.2,K,A");
  }
  return text;
}

void nmea_parse(benchmark::State& state) {
  const std::string text = recording();
  const ByteView bytes = as_bytes(text);
  using Timer = std::chrono::steady_clock;
  auto fastest = Timer::duration::max();
  for (auto _ : state) {
    const auto begin = Timer::now();
    gps::NmeaParser parser;
    std::vector<gps::Fix> fixes;
    constexpr std::size_t piece = 4096;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      parser.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)), fixes);
    }
    parser.end_moment(fixes);
    if (fixes.size() != 3600) state.SkipWithError("not every second gave a fix");
    benchmark::DoNotOptimize(fixes.data());
    fastest = std::min(fastest, Timer::now() - begin);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  // Of a machine that others use too: its fastest pass is the program's own, the others are also theirs.
  state.counters["fastest_bytes_per_s"] =
      static_cast<double>(text.size()) / std::chrono::duration<double>(fastest).count();
}
BENCHMARK(nmea_parse)->Unit(benchmark::kMillisecond);

// The whole program, since that is how it is used; a day's worth, so that its start does not count.
void nmea_parse_baseline_gpsbabel(benchmark::State& state) {
  const tests::TemporaryFolder folder;
  const std::string file = (folder / "day.nmea").string();
  const std::string text = recording();
  constexpr int hours = 24;
  {
    std::ofstream out(file, std::ios::binary);
    for (int hour = 0; hour < hours; ++hour) out << text;
  }
  for (auto _ : state) {
    if (std::system(("gpsbabel -i nmea -f '" + file + "' >/dev/null 2>&1").c_str()) != 0) {
      state.SkipWithError("gpsbabel did not read it");
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size() * hours));
}
BENCHMARK(nmea_parse_baseline_gpsbabel)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
