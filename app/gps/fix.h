#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kuangxun::gps {

enum class FixMode { none, two_d, three_d };

// What the receiver says it used, from GGA's quality or the mode indicators of RMC, GLL and GNS.
enum class FixType {
  autonomous,
  differential,
  precise,  // PPS, the military code
  rtk_float,
  rtk_fixed,
  estimated,  // dead reckoning: no measurement
  manual,     // typed into the receiver: no measurement
  simulated,  // no measurement
};

// Where the accuracy comes from; it is always the radial error that about two of three fixes stay within (DRMS, 1
// sigma).
enum class AccuracyMethod {
  unknown,
  receiver_statistics,         // the receiver's own: sqrt(latitude sigma^2 + longitude sigma^2) of GST
  dilution_times_range_error,  // HDOP times user_range_error_mm(type): a rule of thumb, and to be labelled as one
};

// One position at one moment, made of all sentences of that moment. What was not said is absent, never 0. The position
// is what the receiver gave (WGS 84 at today's epoch); nothing is transformed or smoothed here.
struct Fix {
  // Absent when no sentence has given a date yet, or none gives the time of day.
  std::optional<std::int64_t> utc_ms;
  std::optional<std::int32_t> time_of_day_ms;
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  // Above the receiver's geoid, and that geoid above the ellipsoid; only in 3d (a 2d height is held, not measured).
  std::optional<std::int64_t> orthometric_height_mm;
  std::optional<std::int64_t> geoid_separation_mm;
  FixMode mode = FixMode::two_d;
  FixType type = FixType::autonomous;
  std::optional<int> satellites;
  std::optional<std::int64_t> hdop_e2;  // hundredths
  std::optional<std::int64_t> pdop_e2;
  std::optional<std::int64_t> accuracy_mm;
  AccuracyMethod accuracy_method = AccuracyMethod::unknown;
  std::optional<std::int64_t> height_accuracy_mm;  // 1 sigma, from GST only
  std::optional<std::int64_t> speed_mm_s;
  std::optional<std::int64_t> course_millidegrees;   // over ground, from true north
  std::optional<std::int64_t> heading_millidegrees;  // of the antenna pair (HDT), from true north
  std::optional<std::int64_t> differential_age_ms;
  // False when sentences of this moment differ by more than sentences_agree_mm: noise, or two receivers on one line.
  bool sentences_agree = true;
  // The receiver's date lay 1,024 weeks (or a multiple) in the past and was moved forward.
  bool week_rollover_corrected = false;
  // When the last byte of it came, by Clock::steady_ms; set by FixStream.
  std::int64_t received_steady_ms = 0;
  // The sentences it was made of, one a line, when ParserOptions::keep_sentences is set.
  std::string sentences;

  std::int64_t age_ms(std::int64_t now_steady_ms) const { return now_steady_ms - received_steady_ms; }
  // The sum of the two heights, when both are known.
  std::optional<std::int64_t> ellipsoidal_height_mm() const;
  // Rounded up, so that it never promises more: for records, which keep accuracies to a centimetre.
  std::optional<std::int64_t> accuracy_cm() const;
};

constexpr std::int64_t sentences_agree_mm = 10'000;

// The range error (1 sigma) that HDOP is multiplied with. An assumption of this program, cautious on purpose: 5 m for a
// single-frequency receiver alone (orbits, clocks, remaining ionosphere, reflections), 2 m with corrections, 0.5 m RTK
// float, 0.02 m RTK fixed; nothing where nothing was measured.
std::optional<std::int64_t> user_range_error_mm(FixType type);

// "none", "2d", "3d".
std::string_view mode_name(FixMode mode);
// "autonomous", "differential", "precise", "rtk-float", "rtk-fixed", "estimated", "manual", "simulated".
std::string_view type_name(FixType type);
// What a record's fix type is called: "2d" and "3d" for plain fixes, else "differential", "rtk-float", "rtk-fixed";
// nothing where nothing was measured, which is no evidence.
std::optional<std::string_view> evidence_type_name(const Fix& fix);
// "gst", "hdop-times-5m", … or "unknown": the machine's label for Fix::accuracy_method.
std::string accuracy_basis_name(const Fix& fix);
// The same for people, in the language set.
std::string accuracy_basis_text(const Fix& fix);

}  // namespace kuangxun::gps
