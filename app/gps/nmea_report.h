#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "app/gps/fix.h"
#include "app/gps/nmea_fields.h"

namespace kuangxun::gps {

// What one sentence says, without its spelling. Pure: no state between sentences.

// "GP" GPS, "GL" GLONASS, "GA" Galileo, "GB" and "BD" BeiDou, "GQ", "QZ" and "PQ" QZSS, "GI" NavIC, "GN" several
// together; "IN", "II" and "EC" are boxes (integrated navigation, chart displays) that pass a receiver's fix on.
using Talker = std::array<char, 2>;

// GGA, GNS, RMC or GLL: the sentences that carry a position, in the order in which they are believed when they give it
// equally finely.
enum class PositionKind { gga, gns, rmc, gll };
enum class Validity { unsaid, valid, invalid };

struct PositionReport {
  PositionKind kind = PositionKind::gga;
  Talker talker{};
  Validity validity = Validity::unsaid;
  std::optional<std::int32_t> time_of_day_ms;
  std::optional<Day> date;
  bool has_position = false;
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  int decimals = 0;
  std::optional<FixType> type;
  std::optional<int> satellites;
  std::optional<std::int64_t> hdop_e2;
  std::optional<std::int64_t> orthometric_height_mm;
  std::optional<std::int64_t> geoid_separation_mm;
  std::optional<std::int64_t> differential_age_ms;
  std::optional<std::int64_t> speed_mm_s;
  std::optional<std::int64_t> course_millidegrees;
};

// GST.
struct StatisticsReport {
  std::optional<std::int32_t> time_of_day_ms;
  std::optional<std::int64_t> horizontal_mm;
  std::optional<std::int64_t> height_mm;
};

// GSA.
struct DilutionReport {
  FixMode mode = FixMode::none;
  int satellites = 0;
  std::optional<std::int64_t> pdop_e2;
  std::optional<std::int64_t> hdop_e2;
};

// GSV: one message of a group; the count is that of the whole group.
struct ViewReport {
  Talker talker{};
  int satellites_in_view = 0;
};

// VTG.
struct VelocityReport {
  std::optional<std::int64_t> course_millidegrees;
  std::optional<std::int64_t> speed_mm_s;
};

// ZDA.
struct DateReport {
  std::int32_t time_of_day_ms = 0;
  Day date = 0;
};

// HDT.
struct HeadingReport {
  std::int64_t heading_millidegrees = 0;
};

using Report = std::variant<PositionReport, StatisticsReport, DilutionReport, ViewReport, VelocityReport, DateReport,
                            HeadingReport>;

// `sentence` is what stands between "$" and "*". Nothing for other talkers, other sentences, or fields that cannot be.
std::optional<Report> read_report(std::string_view sentence);

}  // namespace kuangxun::gps
