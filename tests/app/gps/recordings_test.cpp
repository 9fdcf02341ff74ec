#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/gps/decode.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/app/gps/recordings_expected.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

// What gpsd made of the same bytes, line by line, against what we make of them; recordings_expected.h says where and
// why the two differ.

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::Expected;

namespace {

const std::filesystem::path receivers = std::filesystem::path(source_folder()) / "../shared/receivers";

// gpsd prints 9 decimals of its own floating point: the last digit may differ.
constexpr std::int64_t same_nanodegrees = 2;
// gpsd gives the position of the last sentence of a moment, we that of the finest one: half a step of four decimals of
// a minute lies between (0.09 m).
constexpr std::int64_t coarse_nanodegrees = 1'700;

// One TPV line with a position.
struct GpsdFix {
  std::optional<std::int64_t> utc_ms;
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  int mode = 0;
  std::optional<std::int64_t> error_mm;  // "eph"
};

// Ours is 1 sigma of HDOP and 5 m, or 2 m with corrections; gpsd's is 95 % of HDOP and 19 m or 4.75 m. Both say the
// same measurement when they stand so to each other, to gpsd's rounding of both.
bool accuracy_agrees(const Fix& ours, std::int64_t gpsd_error_mm) {
  if (!ours.accuracy_mm || ours.accuracy_method != AccuracyMethod::dilution_times_range_error) return false;
  const double ratio = static_cast<double>(gpsd_error_mm) / static_cast<double>(*ours.accuracy_mm);
  const double expected = ours.type == FixType::differential ? 4.75 / 2 : 19.0 / 5;
  return std::abs(ratio / expected - 1) < 0.03;
}

std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  const std::string quoted = "\"" + std::string(name) + "\":";
  const std::size_t at = line.find(quoted);
  if (at == std::string_view::npos) return std::nullopt;
  line.remove_prefix(at + quoted.size());
  return line.substr(0, line.find_first_of(",}"));
}

std::vector<GpsdFix> read_gpsd(const std::filesystem::path& path) {
  std::vector<GpsdFix> fixes;
  const auto text = read_text_file(path, 10 << 20);
  REQUIRE(text.ok());
  for (const std::string_view line : split(*text, '\n')) {
    const auto latitude = value_of(line, "lat"), longitude = value_of(line, "lon"), mode = value_of(line, "mode");
    if (!line.starts_with("{\"class\":\"TPV\"") || !latitude || !longitude || !mode) continue;
    GpsdFix fix;
    fix.latitude_nanodegrees = *parse_decimal(*latitude, 9);
    fix.longitude_nanodegrees = *parse_decimal(*longitude, 9);
    fix.mode = std::atoi(std::string(*mode).c_str());
    if (const auto error = value_of(line, "eph")) fix.error_mm = *parse_decimal(*error, 3);
    if (auto time = value_of(line, "time")) fix.utc_ms = parse_instant(time->substr(1, time->size() - 2))->utc_ms;
    fixes.push_back(fix);
  }
  return fixes;
}

// A recording that says it was cut by delay cookies holds a "|" wherever the line paused.
std::filesystem::path without_cookies(const std::filesystem::path& path,
                                      const kuangxun::tests::TemporaryFolder& folder) {
  auto text = read_text_file(path, 10 << 20);
  REQUIRE(text.ok());
  if (text->find("# Delay-Cookie: |") == std::string::npos) return path;
  const auto cleaned = folder / "cleaned.log";
  REQUIRE(write_file_durably(cleaned, as_bytes(replace_all(*text, "|", ""))).ok());
  return cleaned;
}

std::int64_t apart(const Fix& ours, const GpsdFix& theirs) {
  return std::max(std::abs(ours.latitude_nanodegrees - theirs.latitude_nanodegrees),
                  std::abs(ours.longitude_nanodegrees - theirs.longitude_nanodegrees));
}

// What of our fixes is found in gpsd's, as a row of the table.
Expected compare(const Expected& row, const std::vector<Fix>& ours, const std::vector<GpsdFix>& theirs) {
  Expected found{.name = row.name, .gpsd_weeks_ahead = row.gpsd_weeks_ahead, .reason = row.reason};
  std::multimap<std::optional<std::int64_t>, const GpsdFix*> by_time;
  for (const GpsdFix& fix : theirs) {
    auto time = fix.utc_ms;
    if (time) *time -= std::int64_t{row.gpsd_weeks_ahead} * 7 * 86'400'000;
    by_time.emplace(time, &fix);
  }
  std::set<std::int64_t> matched;
  for (const Fix& fix : ours) {
    ++found.fixes;
    const auto [first, last] = by_time.equal_range(fix.utc_ms);
    std::int64_t nearest = 360'000'000'000;
    int mode = 0;
    std::optional<std::int64_t> error_mm;
    for (auto at = first; at != last; ++at) {
      nearest = std::min(nearest, apart(fix, *at->second));
      mode = at->second->mode;
      if (at->second->error_mm) error_mm = at->second->error_mm;
    }
    if (nearest <= same_nanodegrees) ++found.same;
    if (nearest > same_nanodegrees && nearest <= coarse_nanodegrees) ++found.coarse;
    if (nearest > coarse_nanodegrees) ++found.ours_only;
    if (nearest > coarse_nanodegrees) continue;
    if (error_mm && !accuracy_agrees(fix, *error_mm)) ++found.accuracy_differs;
    if (mode != (fix.mode == FixMode::three_d ? 3 : 2)) ++found.mode_differs;
    if (fix.utc_ms) matched.insert(*fix.utc_ms);
  }
  std::set<std::int64_t> gpsd_times;
  for (const auto& [time, fix] : by_time) {
    if (time) gpsd_times.insert(*time);
  }
  found.gpsd_only = static_cast<int>(gpsd_times.size() - matched.size());
  return found;
}

std::string text_of(const Expected& row) {
  return std::string(row.name) + " fixes " + std::to_string(row.fixes) + " same " + std::to_string(row.same) +
         " coarse " + std::to_string(row.coarse) + " mode " + std::to_string(row.mode_differs) + " accuracy " +
         std::to_string(row.accuracy_differs) + " ours " + std::to_string(row.ours_only) + " gpsd " +
         std::to_string(row.gpsd_only);
}

}  // namespace

TEST_CASE("every recording gives the fixes that gpsd sees, and each difference has a reason") {
  if (!std::filesystem::exists(receivers)) {
    MESSAGE("SKIPPED: no recordings at ", receivers.string());
    return;
  }
  const kuangxun::tests::TemporaryFolder folder;
  int fixes = 0, agreed = 0, differing = 0;
  for (const Expected& row : kuangxun::gps::tests::recordings) {
    const auto log = receivers / row.name;
    const auto check = std::filesystem::path(log.string() + ".chk");
    const auto ours = decode_file(without_cookies(log, folder));
    REQUIRE(ours.ok());
    CAPTURE(row.name);
    CHECK(std::filesystem::exists(check) == row.has_gpsd);
    if (!row.has_gpsd) {
      CHECK(static_cast<int>(ours->size()) == row.fixes);
      continue;
    }
    const Expected found = compare(row, *ours, read_gpsd(check));
    CHECK(text_of(found) == text_of(row));
    CHECK(found.fixes == found.same + found.coarse + found.ours_only);
    const bool differs =
        found.coarse + found.mode_differs + found.accuracy_differs + found.ours_only + found.gpsd_only > 0;
    CHECK(differs == !row.reason.empty());
    fixes += found.fixes;
    agreed += found.same + found.coarse;
    differing += differs ? 1 : 0;
  }
  MESSAGE(agreed, " of ", fixes, " fixes are gpsd's too; ", differing, " recordings differ in something");
}

TEST_CASE("no recording is left out of the table") {
  if (!std::filesystem::exists(receivers)) {
    MESSAGE("SKIPPED: no recordings at ", receivers.string());
    return;
  }
  std::set<std::string> listed, present;
  for (const Expected& row : kuangxun::gps::tests::recordings) listed.insert(std::string(row.name));
  for (const auto& entry : std::filesystem::directory_iterator(receivers)) {
    if (entry.path().extension() == ".log") present.insert(entry.path().filename().string());
  }
  CHECK(listed == present);
}

TEST_CASE(
    "in every recording times only grow (one is two joined together), positions are possible, and accuracies have a "
    "basis") {
  if (!std::filesystem::exists(receivers)) {
    MESSAGE("SKIPPED: no recordings at ", receivers.string());
    return;
  }
  int seams = 0;
  for (const Expected& row : kuangxun::gps::tests::recordings) {
    CAPTURE(row.name);
    const auto ours = decode_file(receivers / row.name);
    REQUIRE(ours.ok());
    std::optional<std::int64_t> last;
    for (const Fix& fix : *ours) {
      if (fix.utc_ms && last && *fix.utc_ms <= *last) ++seams;
      if (fix.utc_ms) last = fix.utc_ms;
      CHECK(fix.accuracy_mm.has_value() == (fix.accuracy_method != AccuracyMethod::unknown));
      CHECK((fix.mode == FixMode::three_d || !fix.orthometric_height_mm));
      CHECK(fix.sentences_agree);
    }
  }
  CHECK(seams == 1);
}
