#include "app/geo/grid_text.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "app/geo/measure_text.h"
#include "db/base/decimal.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr int kept_decimals = 4;  // a tenth of a millimetre: what a corner table may say
constexpr double per_metre = 10'000;
// 18° to 54° north: the country. No easting, with a zone or without, lies in between.
constexpr double northing_m_min = 1'900'000;
constexpr double northing_m_max = 6'100'000;
constexpr double zone_in_easting_m = 1'000'000;
// Half a zone of six degrees at the country's south end is 334 km; a table may run over its edge by some.
constexpr double easting_m_min = 100'000;
constexpr double easting_m_max = 900'000;

bool is_northing(double value_m) {
  return northing_m_min <= value_m && value_m <= northing_m_max;
}

bool is_easting(double value_m) {
  return easting_m_min <= value_m && value_m <= easting_m_max;
}

// Three-degree and six-degree numbers do not overlap in this country, so the number says which it is.
std::optional<Zone> zone_in(double easting_m) {
  const int number = static_cast<int>(easting_m / zone_in_easting_m);
  for (const ZoneWidth width : {ZoneWidth::three_degrees, ZoneWidth::six_degrees}) {
    const Zone zone{width, number};
    if (check_zone(zone).ok() && is_easting(easting_m - number * zone_in_easting_m)) return zone;
  }
  return std::nullopt;
}

// Full-width digits and points to plain ones; blanks and thousands separators out.
std::string plain_number(std::string_view text) {
  constexpr std::array<std::string_view, 10> wide = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
  std::string plain(trim(text));
  for (std::size_t digit = 0; digit < wide.size(); ++digit) {
    plain = replace_all(std::move(plain), wide[digit], std::to_string(digit));
  }
  for (const std::string_view point : {"．", "。"}) plain = replace_all(std::move(plain), point, ".");
  for (const std::string_view blank : {" ", ",", "，", "'", "米"}) plain = replace_all(std::move(plain), blank, "");
  if (plain.ends_with("m")) plain.pop_back();
  return plain;
}

Result<double> read_metres(std::string_view name, std::string_view text) {
  const auto value = parse_decimal(plain_number(text), kept_decimals);
  if (value.ok()) return static_cast<double>(*value) / per_metre;
  return Error(ErrorCode::bad_input,
               phrase("{0} is no number of metres: \"{1}\" (at most 4 decimals)", {name, excerpt(text, 40)}));
}

Error no_meridian(double easting_m) {
  return Error(ErrorCode::bad_input,
               phrase("Y (easting) {0} has no zone: give the central meridian (81° or 84° in this county)",
                      {rounded_text(easting_m, 3)}));
}

Status check_northing(double northing_m, double easting_m) {
  if (is_northing(northing_m)) return {};
  if (is_northing(easting_m) && (is_easting(northing_m) || zone_in(northing_m).has_value())) {
    return Error(ErrorCode::bad_input, phrase("X and Y seem to be swapped: X is the northing, Y the easting"));
  }
  if (std::fabs(northing_m) <= 180 && std::fabs(easting_m) <= 180) {
    return Error(ErrorCode::bad_input, phrase("this looks like degrees, not Gauss–Krüger metres"));
  }
  return Error(ErrorCode::bad_input, phrase("X (northing) {0} is not in this country", {rounded_text(northing_m, 3)}));
}

struct Labelled {
  std::string_view label;
  bool is_northing;
};
constexpr std::array<Labelled, 8> labels = {{{"纵坐标", true},
                                             {"横坐标", false},
                                             {"北坐标", true},
                                             {"东坐标", false},
                                             {"X", true},
                                             {"Y", false},
                                             {"x", true},
                                             {"y", false}}};

// Labels become one mark each, so that "纵坐标X=…" is one label.
constexpr char northing_mark = '\x01';
constexpr char easting_mark = '\x02';

std::string marked(std::string_view text) {
  std::string all(text);
  for (const Labelled& one : labels) {
    all = replace_all(std::move(all), one.label, std::string(1, one.is_northing ? northing_mark : easting_mark));
  }
  for (const std::string_view sign : {"=", "＝", ":", "：", "(", ")", "（", "）"})
    all = replace_all(std::move(all), sign, " ");
  for (const std::string_view between : {"，", ";", "；", "\t"}) all = replace_all(std::move(all), between, " ");
  return all;
}

// The runs between blanks and marks; "4,774,139.931" stays one run, "4774139.931,27565127" becomes two.
std::vector<std::pair<char, std::string>> runs_of(std::string_view text) {
  std::vector<std::pair<char, std::string>> runs;
  char mark = 0;
  std::string run;
  const auto finish = [&] {
    if (!run.empty()) runs.emplace_back(mark, run);
    if (!run.empty()) mark = 0;
    run.clear();
  };
  const auto is_thousands = [&](std::size_t at) {
    std::size_t digits = 0;
    while (at + 1 + digits < text.size() && text[at + 1 + digits] >= '0' && text[at + 1 + digits] <= '9') ++digits;
    return digits == 3 && run.find('.') == std::string::npos;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == northing_mark || c == easting_mark) {
      finish();
      mark = c;
    } else if (c == ' ' || (c == ',' && !is_thousands(i))) {
      finish();
    } else {
      run += c;
    }
  }
  finish();
  return runs;
}

}  // namespace

std::string format_grid(const Zone& zone, const GridPosition& grid) {
  return say_with("X {0}, Y {1}",
                  {rounded_text(grid.northing_m, 3), rounded_text(prefixed_easting_m(zone, grid.easting_m), 3)});
}

std::string format_grid(int central_meridian_deg, const GridPosition& grid) {
  return say_with("X {0}, Y {1} ({2}°)", {rounded_text(grid.northing_m, 3), rounded_text(grid.easting_m, 3),
                                          std::to_string(central_meridian_deg)});
}

Result<Position> parse_grid(std::string_view northing, std::string_view easting,
                            std::optional<int> central_meridian_deg) {
  KX_TRY(northing_m, read_metres("X", northing));
  KX_TRY(easting_m, read_metres("Y", easting));
  KX_CHECK(check_northing(northing_m, easting_m));
  if (const auto zone = zone_in(easting_m)) {
    const int meridian_deg = zone->central_meridian_deg();
    if (central_meridian_deg && *central_meridian_deg != meridian_deg) {
      return Error(ErrorCode::bad_input, phrase("zone {0} in Y has the central meridian {1}°, not {2}°",
                                                {std::to_string(zone->number), std::to_string(meridian_deg),
                                                 std::to_string(*central_meridian_deg)}));
    }
    return unproject({northing_m, easting_m - zone->number * zone_in_easting_m}, meridian_deg);
  }
  if (!is_easting(easting_m)) {
    return Error(ErrorCode::bad_input, phrase("Y (easting) {0} has no zone of this country and lies in none: check it",
                                              {rounded_text(easting_m, 3)}));
  }
  if (!central_meridian_deg) return no_meridian(easting_m);
  return unproject({northing_m, easting_m}, *central_meridian_deg);
}

Result<Position> parse_grid_position(std::string_view text, std::optional<int> central_meridian_deg) {
  const auto unreadable = [&] {
    return Error(ErrorCode::bad_input,
                 phrase("\"{0}\" is no pair of Gauss–Krüger coordinates; like X=4774139.931 Y=27565127.031",
                        {excerpt(text, 60)}));
  };
  if (text.size() > limits::position_text_bytes_max || !is_clean_utf8(text)) return unreadable();
  const auto runs = runs_of(marked(text));
  if (runs.size() != 2) return unreadable();
  const bool is_labelled = runs[0].first != 0 || runs[1].first != 0;
  if (is_labelled && (runs[0].first == 0 || runs[1].first == 0 || runs[0].first == runs[1].first)) return unreadable();
  const bool is_turned = runs[0].first == easting_mark;
  return parse_grid(runs[is_turned ? 1 : 0].second, runs[is_turned ? 0 : 1].second, central_meridian_deg);
}

}  // namespace kuangxun::geo
