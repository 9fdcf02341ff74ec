#include "app/gps/epoch.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "db/base/limits.h"

namespace kuangxun::gps {
namespace {

// Position sentences of one moment: 4 kinds of a few talkers; more is noise and is not gathered.
constexpr std::size_t reports_max = 16;
// Some receivers send GSA every fifth second only; older than this it says nothing.
constexpr std::int32_t dilution_age_ms_max = 10'000;
// A time so little before the last fix's is a repetition; further back, the receiver's clock was put right.
constexpr std::int32_t repeated_ms_max = 10'000;
// Some receivers round the time in one sentence (08.52) and not in another (08.523): that is one moment still.
constexpr std::int32_t rounding_ms = 5;
constexpr Talker several = {'G', 'N'};

bool same_moment(std::int32_t a_ms, std::int32_t b_ms) {
  return std::abs(time_of_day_step_ms(a_ms, b_ms)) <= rounding_ms;
}

bool measures(FixType type) {
  return type != FixType::estimated && type != FixType::manual && type != FixType::simulated;
}

std::optional<std::int64_t> worse(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

// On a ball: enough to tell metres from tens of metres.
double apart_mm(const PositionReport& a, const PositionReport& b) {
  constexpr double mm_per_nanodegree = 0.1112;
  const double latitude = static_cast<double>(a.latitude_nanodegrees) * 1e-9 * 3.14159265358979323846 / 180;
  auto east = static_cast<double>(std::abs(a.longitude_nanodegrees - b.longitude_nanodegrees));
  east = std::min(east, 360e9 - east) * std::cos(latitude);
  return std::hypot(static_cast<double>(a.latitude_nanodegrees - b.latitude_nanodegrees), east) * mm_per_nanodegree;
}

}  // namespace

void EpochBuilder::Dilution::add(const DilutionReport& report) {
  // One GSA a system: the solution is as good as the best of them says, the dilutions are the same in all.
  mode = any ? std::max(mode, report.mode) : report.mode;
  satellites += report.satellites;
  pdop_e2 = worse(pdop_e2, report.pdop_e2);
  hdop_e2 = worse(hdop_e2, report.hdop_e2);
  any = true;
}

EpochBuilder::EpochBuilder(const ParserOptions& options) : options_(options), time_(options.dates_not_before) {
  positions_.reserve(reports_max);
}

void EpochBuilder::take(const Report& report, std::string_view sentence, std::vector<Fix>& fixes) {
  if (const auto* position = std::get_if<PositionReport>(&report)) take_position(*position, fixes);
  if (const auto* dilution = std::get_if<DilutionReport>(&report)) take_dilution(*dilution);
  if (const auto* view = std::get_if<ViewReport>(&report)) return take_view(*view);
  if (const auto* date = std::get_if<DateReport>(&report)) return time_.note(date->date, date->time_of_day_ms);
  if (const auto* statistics = std::get_if<StatisticsReport>(&report)) {
    statistics_[1] = statistics_[0];
    statistics_[0] = *statistics;
  }
  if (const auto* velocity = std::get_if<VelocityReport>(&report); velocity && open_) velocity_ = *velocity;
  if (const auto* heading = std::get_if<HeadingReport>(&report); heading && open_) heading_ = *heading;
  keep_text(sentence);
}

void EpochBuilder::end_moment(std::vector<Fix>& fixes) {
  if (open_) close(true, fixes);
}

void EpochBuilder::keep_text(std::string_view sentence) {
  if (!options_.keep_sentences || !open_) return;
  if (sentences_.size() + sentence.size() + 1 > limits::short_text_bytes_max) return;
  if (!sentences_.empty()) sentences_ += '\n';
  sentences_ += sentence;
}

bool EpochBuilder::begins_another(const PositionReport& report) const {
  if (!open_) return true;
  if (report.time_of_day_ms && time_of_day_ms_) return !same_moment(*report.time_of_day_ms, *time_of_day_ms_);
  if (report.time_of_day_ms) return true;
  // Without a time it belongs here until a sentence of its kind comes again.
  return std::any_of(positions_.begin(), positions_.end(), [&](const PositionReport& other) {
    return other.kind == report.kind && other.talker == report.talker;
  });
}

void EpochBuilder::take_position(const PositionReport& report, std::vector<Fix>& fixes) {
  if (begins_another(report)) {
    if (open_) close(false, fixes);
    open_ = true;
    time_of_day_ms_ = report.time_of_day_ms;
  } else if (report.time_of_day_ms && report.kind != PositionKind::gll) {
    time_of_day_ms_ = report.time_of_day_ms;  // GLL is the one that is not rounded like the others
  }
  if (dilution_trailing_.any) {
    dilution_inside_ = dilution_trailing_;
    dilution_trailing_ = {};
  }
  if (positions_.size() < reports_max) positions_.push_back(report);
}

void EpochBuilder::take_dilution(const DilutionReport& report) {
  if (open_) return dilution_trailing_.add(report);
  // Ahead of its moment, after a pause: a new group replaces what an earlier moment left.
  if (dilution_before_.time_of_day_ms) dilution_before_ = {};
  dilution_before_.add(report);
}

void EpochBuilder::take_view(const ViewReport& report) {
  int in_view = 0;
  bool known = false;
  for (ViewReport& view : views_) {
    if (!known && (view.talker == report.talker || view.talker == Talker{})) {
      view = report;
      known = true;
    }
    in_view += view.satellites_in_view;
  }
  state_.satellites_in_view = in_view;
}

void EpochBuilder::close(bool by_pause, std::vector<Fix>& fixes) {
  auto fix = make_fix(by_pause);
  state_.time_of_day_ms = time_of_day_ms_;
  state_.mode = fix ? fix->mode : FixMode::none;
  if (!fix) ++state_.moments_without_fix;
  if (fix && is_repeated(*fix)) {
    ++state_.moments_repeated;
  } else if (fix) {
    ++state_.moments_with_fix;
    if (fix->time_of_day_ms) last_time_of_day_ms_ = fix->time_of_day_ms;
    last_untimed_ = {fix->latitude_nanodegrees, fix->longitude_nanodegrees};
    fixes.push_back(std::move(*fix));
  }
  const Dilution& newest = dilution_trailing_.any ? dilution_trailing_ : dilution_inside_;
  if (newest.any) {
    dilution_before_ = newest;
    dilution_before_.time_of_day_ms = time_of_day_ms_;
  } else if (!dilution_before_.time_of_day_ms) {
    dilution_before_.time_of_day_ms = time_of_day_ms_;
  }
  open_ = false;
  positions_.clear();
  dilution_inside_ = dilution_trailing_ = {};
  velocity_.reset();
  heading_.reset();
  sentences_.clear();
}

bool EpochBuilder::usable(const PositionReport& report) const {
  if (!report.has_position || report.validity != Validity::valid) return false;
  if (time_of_day_ms_ && !report.time_of_day_ms) return false;
  // A receiver that says in one sentence that it has no fix is believed in all of them.
  return std::none_of(positions_.begin(), positions_.end(), [&](const PositionReport& other) {
    return other.validity == Validity::invalid && (other.talker == report.talker || other.talker == several);
  });
}

// The finest spelling wins (RMC often has fewer decimals than GGA), then all systems together, then the kind.
const PositionReport* EpochBuilder::best_report() const {
  const PositionReport* best = nullptr;
  const auto rank = [](const PositionReport& report) {
    return std::tuple(-report.decimals, report.talker == several ? 0 : 1, static_cast<int>(report.kind));
  };
  for (const PositionReport& report : positions_) {
    if (usable(report) && (best == nullptr || rank(report) < rank(*best))) best = &report;
  }
  return best;
}

std::optional<Fix> EpochBuilder::make_fix(bool by_pause) {
  const PositionReport* best = best_report();
  if (best == nullptr) return std::nullopt;
  const Dilution dilution = settle_dilution(by_pause);
  if (dilution.any && dilution.mode == FixMode::none) return std::nullopt;
  Fix fix;
  fix.latitude_nanodegrees = best->latitude_nanodegrees;
  fix.longitude_nanodegrees = best->longitude_nanodegrees;
  fill_from_reports(fix, *best);
  fill_type(fix);
  fill_motion(fix);
  if (!fix.satellites && dilution.satellites > 0) fix.satellites = dilution.satellites;
  if (!fix.hdop_e2) fix.hdop_e2 = dilution.hdop_e2;
  fix.pdop_e2 = dilution.pdop_e2;
  fill_height(fix);
  fill_mode(fix, dilution);
  fill_accuracy(fix);
  fix.time_of_day_ms = time_of_day_ms_;
  if (time_of_day_ms_) {
    std::optional<Day> own_date;
    for (const PositionReport& report : positions_) {
      if (report.date && usable(report)) own_date = report.date;
    }
    fix.utc_ms = time_.resolve_ms(*time_of_day_ms_, own_date);
  }
  fix.week_rollover_corrected = fix.utc_ms && time_.corrected();
  fix.sentences = sentences_;
  return fix;
}

void EpochBuilder::fill_from_reports(Fix& fix, const PositionReport& best) const {
  for (const PositionReport& report : positions_) {
    if (!usable(report)) continue;
    if (report.satellites) fix.satellites = std::max(fix.satellites.value_or(0), *report.satellites);
    if (!fix.hdop_e2) fix.hdop_e2 = report.hdop_e2;
    if (!fix.differential_age_ms) fix.differential_age_ms = report.differential_age_ms;
    if (apart_mm(report, best) > static_cast<double>(sentences_agree_mm)) fix.sentences_agree = false;
  }
}

// Both heights from one sentence: a sum of two sentences' would be nobody's.
void EpochBuilder::fill_height(Fix& fix) const {
  const PositionReport* chosen = nullptr;
  for (const PositionReport& report : positions_) {
    if (!usable(report) || !report.orthometric_height_mm) continue;
    if (chosen == nullptr || (!chosen->geoid_separation_mm && report.geoid_separation_mm)) chosen = &report;
  }
  if (chosen == nullptr) return;
  fix.orthometric_height_mm = chosen->orthometric_height_mm;
  fix.geoid_separation_mm = chosen->geoid_separation_mm;
}

// GGA and GNS say it more finely than RMC and GLL; "nothing was measured" counts whoever says it.
void EpochBuilder::fill_type(Fix& fix) const {
  const PositionReport* chosen = nullptr;
  for (const PositionReport& report : positions_) {
    if (!usable(report) || !report.type) continue;
    if (!measures(*report.type)) {
      fix.type = *report.type;
      return;
    }
    if (chosen == nullptr || static_cast<int>(report.kind) < static_cast<int>(chosen->kind)) chosen = &report;
  }
  if (chosen != nullptr) fix.type = *chosen->type;
}

void EpochBuilder::fill_motion(Fix& fix) const {
  for (const PositionReport& report : positions_) {
    if (!usable(report)) continue;
    if (!fix.speed_mm_s) fix.speed_mm_s = report.speed_mm_s;
    if (!fix.course_millidegrees) fix.course_millidegrees = report.course_millidegrees;
  }
  if (velocity_ && !fix.speed_mm_s) fix.speed_mm_s = velocity_->speed_mm_s;
  if (velocity_ && !fix.course_millidegrees) fix.course_millidegrees = velocity_->course_millidegrees;
  if (heading_) fix.heading_millidegrees = heading_->heading_millidegrees;
}

// GSA has no time. After the last position sentence it may belong to this moment or open the next; unless the line
// paused, nobody can tell, and then the worse of it and the one before is taken.
EpochBuilder::Dilution EpochBuilder::settle_dilution(bool by_pause) const {
  if (dilution_trailing_.any && by_pause) return dilution_trailing_;
  if (dilution_inside_.any) return dilution_inside_;
  const auto& said = dilution_before_.time_of_day_ms;
  const bool recent =
      dilution_before_.any &&
      (!said || !time_of_day_ms_ || std::abs(time_of_day_step_ms(*said, *time_of_day_ms_)) <= dilution_age_ms_max);
  // That there was no fix before says nothing about now.
  const bool helps = recent && dilution_before_.mode != FixMode::none;
  if (!dilution_trailing_.any) return helps ? dilution_before_ : Dilution{};
  Dilution settled = dilution_trailing_;
  if (!helps) return settled;
  if (settled.mode == FixMode::none) return dilution_before_;
  settled.mode = std::min(settled.mode, dilution_before_.mode);
  settled.pdop_e2 = worse(settled.pdop_e2, dilution_before_.pdop_e2);
  settled.hdop_e2 = worse(settled.hdop_e2, dilution_before_.hdop_e2);
  return settled;
}

void EpochBuilder::fill_mode(Fix& fix, const Dilution& dilution) const {
  if (dilution.any) {
    fix.mode = dilution.mode;
  } else {
    // Nobody said: four satellites and a height make three dimensions.
    const bool high = fix.orthometric_height_mm && fix.satellites.value_or(0) >= 4;
    fix.mode = high ? FixMode::three_d : FixMode::two_d;
  }
  if (fix.mode == FixMode::three_d) return;
  fix.orthometric_height_mm.reset();
  fix.geoid_separation_mm.reset();
}

void EpochBuilder::fill_accuracy(Fix& fix) const {
  if (!measures(fix.type)) return;
  for (const StatisticsReport& statistics : statistics_) {
    if (!time_of_day_ms_ || !statistics.time_of_day_ms || !statistics.horizontal_mm) continue;
    if (!same_moment(*statistics.time_of_day_ms, *time_of_day_ms_)) continue;
    fix.accuracy_mm = statistics.horizontal_mm;
    fix.accuracy_method = AccuracyMethod::receiver_statistics;
    if (fix.mode == FixMode::three_d) fix.height_accuracy_mm = statistics.height_mm;
    return;
  }
  const auto range_error_mm = user_range_error_mm(fix.type);
  if (!fix.hdop_e2 || !range_error_mm) return;
  fix.accuracy_mm = (*fix.hdop_e2 * *range_error_mm + 99) / 100;
  fix.accuracy_method = AccuracyMethod::dilution_times_range_error;
}

bool EpochBuilder::is_repeated(const Fix& fix) const {
  if (fix.time_of_day_ms && last_time_of_day_ms_) {
    const std::int32_t step = time_of_day_step_ms(*last_time_of_day_ms_, *fix.time_of_day_ms);
    return step <= 0 && step >= -repeated_ms_max;
  }
  if (fix.time_of_day_ms) return false;
  // Without a time, only a changed position shows that it is a new one.
  return last_untimed_ == std::pair(fix.latitude_nanodegrees, fix.longitude_nanodegrees);
}

}  // namespace kuangxun::gps
