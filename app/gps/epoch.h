#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gps/epoch_time.h"
#include "app/gps/fix.h"
#include "app/gps/nmea_report.h"

namespace kuangxun::gps {

struct ParserOptions {
  // For a live receiver: the day this program was built. Recordings are read as they are.
  std::optional<Day> dates_not_before = std::nullopt;
  // Keep the text of the sentences in each fix, as evidence of what the receiver said.
  bool keep_sentences = false;
};

// What the receiver lets know beside fixes, for "is it alive, how many satellites".
struct ReceiverState {
  // Of the last moment that ended: none when it had no usable position.
  FixMode mode = FixMode::none;
  std::optional<std::int32_t> time_of_day_ms;
  int satellites_in_view = 0;
  std::int64_t moments_with_fix = 0;
  std::int64_t moments_without_fix = 0;
  // Positions for a moment that was over already: a receiver that repeats itself.
  std::int64_t moments_repeated = 0;
};

// Gathers the sentences of one moment (an epoch) into one fix. GGA, GNS, RMC and GLL carry the time and open a moment;
// the others attach to it. A moment ends when another time is said, or by end_moment(). No fix comes from a moment in
// which the receiver says that it has none (RMC or GLL "V", quality 0, GSA 1), nor from one that is not later than the
// last: a position is never given twice. Bounded memory; used by one thread.
class EpochBuilder {
 public:
  explicit EpochBuilder(const ParserOptions& options);

  void take(const Report& report, std::string_view sentence, std::vector<Fix>& fixes);
  // The source paused or ended: what was gathered is complete.
  void end_moment(std::vector<Fix>& fixes);
  bool moment_open() const { return open_; }
  const ReceiverState& state() const { return state_; }

 private:
  // What one or several GSA of a moment say together.
  struct Dilution {
    bool any = false;
    FixMode mode = FixMode::none;
    int satellites = 0;
    std::optional<std::int64_t> pdop_e2;
    std::optional<std::int64_t> hdop_e2;
    std::optional<std::int32_t> time_of_day_ms;
    void add(const DilutionReport& report);
  };

  void take_position(const PositionReport& report, std::vector<Fix>& fixes);
  void take_dilution(const DilutionReport& report);
  void take_view(const ViewReport& report);
  void keep_text(std::string_view sentence);
  bool begins_another(const PositionReport& report) const;
  void close(bool by_pause, std::vector<Fix>& fixes);
  std::optional<Fix> make_fix(bool by_pause);
  bool usable(const PositionReport& report) const;
  const PositionReport* best_report() const;
  void fill_from_reports(Fix& fix, const PositionReport& best) const;
  void fill_height(Fix& fix) const;
  void fill_type(Fix& fix) const;
  void fill_motion(Fix& fix) const;
  void fill_accuracy(Fix& fix) const;
  Dilution settle_dilution(bool by_pause) const;
  void fill_mode(Fix& fix, const Dilution& dilution) const;
  bool is_repeated(const Fix& fix) const;

  ParserOptions options_;
  EpochTime time_;
  ReceiverState state_;

  // The moment being gathered.
  bool open_ = false;
  std::optional<std::int32_t> time_of_day_ms_;
  std::vector<PositionReport> positions_;
  Dilution dilution_inside_;    // GSA with a position sentence of the same moment after it
  Dilution dilution_trailing_;  // GSA after the last one: of this moment or of the next
  std::optional<VelocityReport> velocity_;
  std::optional<HeadingReport> heading_;
  std::string sentences_;

  // What outlives it.
  Dilution dilution_before_;
  std::array<StatisticsReport, 2> statistics_;  // the last two GST: one may come ahead of its moment
  std::array<ViewReport, 13> views_;
  std::optional<std::int32_t> last_time_of_day_ms_;
  std::optional<std::pair<std::int64_t, std::int64_t>> last_untimed_;
};

}  // namespace kuangxun::gps
