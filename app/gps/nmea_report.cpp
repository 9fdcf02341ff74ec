#include "app/gps/nmea_report.h"

#include <algorithm>
#include <cmath>

namespace kuangxun::gps {
namespace {

// A few letters as a number, to be chosen by.
constexpr std::uint32_t code_of(std::string_view name) {
  std::uint32_t code = 0;
  for (const char letter : name) code = code << 8 | static_cast<std::uint8_t>(letter);
  return code;
}

constexpr std::array talkers = {code_of("GP"), code_of("GL"), code_of("GA"), code_of("GB"), code_of("BD"),
                                code_of("GQ"), code_of("QZ"), code_of("PQ"), code_of("GI"), code_of("GN"),
                                code_of("IN"), code_of("II"), code_of("EC")};

// Receivers write 0 or 99.99 for a dilution that they do not know.
std::optional<std::int64_t> read_dilution_e2(std::string_view field) {
  const auto dilution = read_scaled(field, 2);
  if (!dilution || *dilution <= 0 || *dilution >= 9900) return std::nullopt;
  return dilution;
}

// A length in metres: the standard knows no other unit, and some receivers leave it out; another one is refused.
std::optional<std::int64_t> read_metres_mm(std::string_view field, std::string_view unit) {
  if (unit != "M" && unit != "m" && !unit.empty()) return std::nullopt;
  const auto mm = read_scaled(field, 3);
  if (!mm || std::abs(*mm) > 100'000'000) return std::nullopt;
  return mm;
}

std::optional<std::int64_t> read_knots_mm_s(std::string_view field) {
  const auto knots_e3 = read_scaled(field, 3);
  if (!knots_e3 || *knots_e3 < 0 || *knots_e3 > 10'000'000) return std::nullopt;
  return (*knots_e3 * 1852 + 1800) / 3600;  // a knot is 1,852 m an hour
}

std::optional<std::int64_t> read_direction_millidegrees(std::string_view field) {
  const auto direction = read_scaled(field, 3);
  if (!direction || *direction < 0 || *direction > 360'000) return std::nullopt;
  return *direction % 360'000;
}

void read_position(PositionReport& report, const NmeaFields& fields, std::size_t first) {
  const auto latitude = read_latitude(fields[first], fields[first + 1]);
  const auto longitude = read_longitude(fields[first + 2], fields[first + 3]);
  if (!latitude || !longitude) return;
  // Exactly 0, 0 is how some receivers fill the fields before their first fix.
  if (latitude->nanodegrees == 0 && longitude->nanodegrees == 0) return;
  report.has_position = true;
  report.latitude_nanodegrees = latitude->nanodegrees;
  report.longitude_nanodegrees = longitude->nanodegrees;
  report.decimals = std::min(latitude->decimals, longitude->decimals);
}

// GGA's quality. Numbers beyond the standard's are taken for a plain fix: makers use 9 for SBAS.
void read_quality(PositionReport& report, std::string_view field) {
  constexpr std::array<FixType, 9> types = {FixType::autonomous, FixType::autonomous, FixType::differential,
                                            FixType::precise,    FixType::rtk_fixed,  FixType::rtk_float,
                                            FixType::estimated,  FixType::manual,     FixType::simulated};
  const auto quality = read_count(field, 9);
  if (!quality) return;
  report.validity = *quality == 0 ? Validity::invalid : Validity::valid;
  if (*quality != 0) report.type = *quality < 9 ? types[static_cast<std::size_t>(*quality)] : FixType::autonomous;
}

// The mode indicator of RMC, GLL and (one a system) GNS.
std::optional<FixType> type_of_indicator(char indicator) {
  switch (indicator) {
    case 'A':
      return FixType::autonomous;
    case 'D':
      return FixType::differential;
    case 'P':
      return FixType::precise;
    case 'R':
      return FixType::rtk_fixed;
    case 'F':
      return FixType::rtk_float;
    case 'E':
      return FixType::estimated;
    case 'M':
      return FixType::manual;
    case 'S':
      return FixType::simulated;
    default:
      return std::nullopt;
  }
}

void read_status(PositionReport& report, std::string_view status, std::string_view indicator) {
  // Before there was an indicator some receivers wrote their differential fix as the status.
  if (status == "A" || status == "D") report.validity = Validity::valid;
  if (status == "V") report.validity = Validity::invalid;
  if (indicator == "N") report.validity = Validity::invalid;
  if (indicator.size() == 1) report.type = type_of_indicator(indicator[0]);
  if (indicator.empty() && status == "D") report.type = FixType::differential;
}

// The systems of GNS: any that measures makes it valid. The best of the corrections counts (the solution is one), but
// one that measures nothing taints it.
void read_indicators(PositionReport& report, std::string_view indicators) {
  for (const char indicator : indicators) {
    const auto type = type_of_indicator(indicator);
    if (!type) continue;
    report.validity = Validity::valid;
    const auto rank = [](FixType t) { return t == FixType::precise ? 0 : static_cast<int>(t); };
    if (!report.type || rank(*type) > rank(*report.type)) report.type = type;
  }
  if (!indicators.empty() && indicators.find_first_not_of('N') == std::string_view::npos) {
    report.validity = Validity::invalid;
  }
}

PositionReport begin(PositionKind kind, Talker talker) {
  PositionReport report;
  report.kind = kind;
  report.talker = talker;
  return report;
}

std::optional<Report> read_gga(const NmeaFields& fields, Talker talker) {
  PositionReport report = begin(PositionKind::gga, talker);
  report.time_of_day_ms = read_time_of_day_ms(fields[1]);
  read_position(report, fields, 2);
  read_quality(report, fields[6]);
  report.satellites = read_count(fields[7], 200);
  report.hdop_e2 = read_dilution_e2(fields[8]);
  report.orthometric_height_mm = read_metres_mm(fields[9], fields[10]);
  report.geoid_separation_mm = read_metres_mm(fields[11], fields[12]);
  report.differential_age_ms = read_scaled(fields[13], 3);
  return report;
}

std::optional<Report> read_gns(const NmeaFields& fields, Talker talker) {
  PositionReport report = begin(PositionKind::gns, talker);
  report.time_of_day_ms = read_time_of_day_ms(fields[1]);
  read_position(report, fields, 2);
  read_indicators(report, fields[6]);
  report.satellites = read_count(fields[7], 200);
  report.hdop_e2 = read_dilution_e2(fields[8]);
  report.orthometric_height_mm = read_metres_mm(fields[9], "M");
  report.geoid_separation_mm = read_metres_mm(fields[10], "M");
  report.differential_age_ms = read_scaled(fields[11], 3);
  return report;
}

std::optional<Report> read_rmc(const NmeaFields& fields, Talker talker) {
  PositionReport report = begin(PositionKind::rmc, talker);
  report.time_of_day_ms = read_time_of_day_ms(fields[1]);
  read_status(report, fields[2], fields[12]);
  read_position(report, fields, 3);
  report.speed_mm_s = read_knots_mm_s(fields[7]);
  report.course_millidegrees = read_direction_millidegrees(fields[8]);
  report.date = read_short_date(fields[9]);
  return report;
}

std::optional<Report> read_gll(const NmeaFields& fields, Talker talker) {
  PositionReport report = begin(PositionKind::gll, talker);
  read_position(report, fields, 1);
  report.time_of_day_ms = read_time_of_day_ms(fields[5]);
  read_status(report, fields[6], fields[7]);
  return report;
}

// Both together; two zeros are a receiver that does not compute them.
std::optional<std::int64_t> radial_mm(std::optional<std::int64_t> one_mm, std::optional<std::int64_t> other_mm) {
  if (!one_mm || !other_mm || *one_mm < 0 || *other_mm < 0 || *one_mm + *other_mm == 0) return std::nullopt;
  return std::llround(std::hypot(static_cast<double>(*one_mm), static_cast<double>(*other_mm)));
}

std::optional<Report> read_gst(const NmeaFields& fields) {
  StatisticsReport report;
  report.time_of_day_ms = read_time_of_day_ms(fields[1]);
  const auto axes_mm = radial_mm(read_metres_mm(fields[3], "M"), read_metres_mm(fields[4], "M"));
  report.horizontal_mm = radial_mm(read_metres_mm(fields[6], "M"), read_metres_mm(fields[7], "M"));
  // The ellipse's axes have the same sum of squares however it is turned. Where they say more than twice what latitude
  // and longitude say (105 m and 0.4 m from one receiver), neither is believed.
  if (axes_mm && report.horizontal_mm && *axes_mm > 2 * *report.horizontal_mm) return std::nullopt;
  const auto height_mm = read_metres_mm(fields[8], "M");
  if (height_mm && *height_mm > 0) report.height_mm = height_mm;
  return report;
}

std::optional<Report> read_gsa(const NmeaFields& fields) {
  const auto mode = read_count(fields[2], 3);
  if (!mode || *mode == 0) return std::nullopt;
  DilutionReport report;
  report.mode = *mode == 3 ? FixMode::three_d : *mode == 2 ? FixMode::two_d : FixMode::none;
  // The standard has 12 places for satellites; some receivers print 24.
  const std::size_t dilutions = fields.count() >= 30 ? 27 : 15;
  for (std::size_t i = 3; i < dilutions; ++i) report.satellites += fields[i].empty() ? 0 : 1;
  report.pdop_e2 = read_dilution_e2(fields[dilutions]);
  report.hdop_e2 = read_dilution_e2(fields[dilutions + 1]);
  return report;
}

std::optional<Report> read_gsv(const NmeaFields& fields, Talker talker) {
  const auto in_view = read_count(fields[3], 200);
  if (!in_view) return std::nullopt;
  return ViewReport{talker, *in_view};
}

std::optional<Report> read_vtg(const NmeaFields& fields) {
  if (fields[2] != "T" || fields[6] != "N" || fields[9] == "N") return std::nullopt;
  return VelocityReport{read_direction_millidegrees(fields[1]), read_knots_mm_s(fields[5])};
}

std::optional<Report> read_zda(const NmeaFields& fields) {
  const auto time = read_time_of_day_ms(fields[1]);
  const auto day = read_count(fields[2], 31), month = read_count(fields[3], 12), year = read_count(fields[4], 2199);
  if (!time || !day || !month || !year) return std::nullopt;
  const auto date = read_date(*year, *month, *day);
  if (!date) return std::nullopt;
  return DateReport{*time, *date};
}

std::optional<Report> read_hdt(const NmeaFields& fields) {
  const auto heading = read_direction_millidegrees(fields[1]);
  if (!heading || fields[2] != "T") return std::nullopt;
  return HeadingReport{*heading};
}

}  // namespace

std::optional<Report> read_report(std::string_view sentence) {
  NmeaFields fields;
  if (!fields.split(sentence) || fields[0].size() != 5) return std::nullopt;
  const std::string_view name = fields[0].substr(2), talker_name = fields[0].substr(0, 2);
  // A compass ("HE") may sit on the same line and says the heading only.
  if (name == "HDT" && talker_name == "HE") return read_hdt(fields);
  if (std::ranges::find(talkers, code_of(talker_name)) == talkers.end()) return std::nullopt;
  const Talker talker = {talker_name[0], talker_name[1]};
  switch (code_of(name)) {
    case code_of("GGA"):
      return read_gga(fields, talker);
    case code_of("GNS"):
      return read_gns(fields, talker);
    case code_of("RMC"):
      return read_rmc(fields, talker);
    case code_of("GLL"):
      return read_gll(fields, talker);
    case code_of("GST"):
      return read_gst(fields);
    case code_of("GSA"):
      return read_gsa(fields);
    case code_of("GSV"):
      return read_gsv(fields, talker);
    case code_of("VTG"):
      return read_vtg(fields);
    case code_of("ZDA"):
      return read_zda(fields);
    case code_of("HDT"):
      return read_hdt(fields);
    default:
      return std::nullopt;
  }
}

}  // namespace kuangxun::gps
