#include "app/positions/receiver_part.h"

#include <cmath>

#include "app/geo/position_text.h"
#include "app/gps/heard_text.h"
#include "app/inspect/visit/actions.h"
#include "app/pages/fields.h"
#include "app/positions/own_text.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"

namespace kuangxun::positions {
namespace {

using blocks::Tone;

constexpr int shown_decimals = 7;
constexpr std::string_view example_recording = "receiver-example.nmea";
constexpr std::string_view unit_corner = "unit-corner";

std::string metres(std::int64_t millimetres) {
  return format_decimal((millimetres + 99) / 100, 1) + " m";
}

// "60s", "2m", or nothing.
gps::StopRule stop_rule(const std::string& text) {
  gps::StopRule rule;
  if (text.empty()) return rule;
  const std::int64_t number = std::atoll(text.c_str()) * 1000;
  (text.back() == 's' ? rule.duration_ms : rule.accuracy_mm) = number;
  return rule;
}

blocks::Fact accuracy_fact(const gps::Fix& fix) {
  blocks::Fact fact{say_text("Accuracy"), say_text("unknown"), gps::accuracy_basis_text(fix)};
  if (fix.accuracy_mm) fact.value = "± " + metres(*fix.accuracy_mm);
  return fact;
}

void add_fix(const receiver::Receiver& receiver, std::int64_t now_steady_ms, blocks::Blocks& part) {
  const gps::Fix& fix = receiver.latest()->fix;
  const geo::Position position{fix.latitude_nanodegrees, fix.longitude_nanodegrees};
  part += blocks::Fact{say_text("Position"), geo::format_position_degrees(position, shown_decimals)};
  part += accuracy_fact(fix);
  const std::string satellites = fix.satellites ? std::to_string(*fix.satellites) : say_text("unknown");
  part += blocks::Fact{
      say_text("Satellites"),
      say_with("{0} used, {1} in view", {satellites, std::to_string(receiver.heard().state.satellites_in_view)})};
  part += blocks::Fact{say_text("Receiver's time"),
                       fix.utc_ms ? format_minute(*fix.utc_ms, beijing_offset_min) : say_text("unknown"),
                       say_with("received {0} s ago", {std::to_string(fix.age_ms(now_steady_ms) / 1000)})};
}

// Whether what the receiver says now may be taken, in a word, and why not.
struct Gate {
  blocks::Badge badge;
  std::string reason;
  bool is_good = false;
};

Gate gate_of(const receiver::Receiver& receiver) {
  const receiver::News& heard = receiver.heard();
  const std::string trouble = receiver.trouble();
  if (receiver.latest() == nullptr) {
    Gate gate{{say_text("no fix"), Tone::muted}, trouble};
    if (!trouble.empty()) return gate;
    gate.reason = heard.ended ? say_text("the recording has no position") : say_text("no position has come yet");
    // A receiver that was just started has had no time to speak.
    if (heard.ended || heard.heard.is_anything()) gate.reason += say_text(": ") + gps::no_fix_text(heard.heard);
    return gate;
  }
  const gps::GateVerdict verdict = receiver.verdict();
  if (verdict == gps::GateVerdict::accepted) return {{say_text("evidence"), Tone::good}, {}, true};
  std::string reason = !trouble.empty() ? trouble
                       : heard.ended    ? say_text("the recording has ended")
                                        : gps::gate_text(verdict);
  return {{say_text("no evidence"), Tone::unsure}, std::move(reason)};
}

}  // namespace

void ReceiverPart::forget() {
  if (!context_.receiver().is_running()) path_.clear();
  purpose_.clear();
  unit_.clear();
  label_.clear();
}

Result<blocks::Section> ReceiverPart::build(const pages::VisitFacts& visit) {
  visit_ = visit.visit().id();
  is_voided_ = visit.visit().is_voided();
  is_example_place_ = pages::is_example(visit.place);
  KX_TRY(units, pages::units_of(context_.desk().store, visit));
  units_.clear();
  for (const records::Record& unit : units) {
    units_.push_back({std::to_string(units_.size()), unit.id().text(), unit.name()});
  }
  elsewhere_.clear();
  const auto& track = context_.receiver().route().track();
  if (track && track->visit != visit_) {
    KX_TRY(other, pages::read_visit(context_.desk().store, track->visit));
    elsewhere_ = other.place.name();
  }
  blocks::Section section{say_text("Receiver"), {}};
  section.blocks += blocks::Stack{content(), [this] { return content(); }};
  return section;
}

blocks::Blocks ReceiverPart::content() {
  if (!context_.receiver().is_running()) return sources();
  blocks::Columns columns{"gps.columns", 2, {}};
  columns.cells += heard();
  columns.cells += taking();
  blocks::Blocks part;
  part += std::move(columns);
  return part;
}

blocks::Blocks ReceiverPart::sources() {
  const auto use = [this](std::string name, std::string label, std::string path) {
    return blocks::Button{std::move(name), std::move(label), [this, path = std::move(path)]() -> Status {
                            path_ = path;
                            return {};
                          }};
  };
  blocks::Blocks part;
  blocks::Entry path = pages::own_entry(path_, "gps.path", say_text("Receiver, or a recording of one (NMEA)"),
                                        say_text("auto, /dev/ttyUSB0, gpsd://HOST or a file"));
  path.is_wide = false;
  part += std::move(path);
  blocks::Line examples;
  examples.blocks += use("gps.auto", say_text("Look for a serial port"), "auto");
  examples.blocks += use("gps.gpsd", "gpsd", "gpsd://localhost");
  // The plan has no coordinates: no real place gets invented ones.
  if (is_example_place_) {
    examples.blocks += use("gps.example", say_text("Use the example recording"),
                           (context_.examples_folder() / example_recording).string());
  }
  part += std::move(examples);
  part += pages::own_choice(speed_, "gps.speed", say_text("Speed"),
                            {{"1", "1", say_text("as recorded")}, {"10", "10", "10×"}, {"100", "100", "100×"}});
  blocks::Button start{"gps.start", say_text(in_context("positions", "Start")), [this] { return this->start(); },
                       Tone::accent, !path_.empty()};
  if (path_.empty()) start.hint = say_text("name a receiver or a recording first");
  part += std::move(start);
  return part;
}

blocks::Stack ReceiverPart::heard() const {
  const receiver::Receiver& receiver = context_.receiver();
  Gate gate = gate_of(receiver);
  blocks::Stack part;
  blocks::Line judged;
  judged.blocks += std::move(gate.badge);
  judged.blocks += blocks::Text{std::move(gate.reason)};
  part.blocks += std::move(judged);
  if (receiver.latest() != nullptr) add_fix(receiver, context_.desk().clock.steady_ms(), part.blocks);
  part.blocks += blocks::Fact{
      say_text("Received"),
      say_with("fixes: {0}, usable: {1}", {std::to_string(receiver.fixes()), std::to_string(receiver.accepted())})};
  if (const auto& track = receiver.route().track()) {
    blocks::Fact fact{
        say_text("Track"),
        say_with("points: {0}, {1} m", {std::to_string(track->points), std::to_string(std::llround(track->length_m))})};
    if (track->is_resumed) fact.note = say_text("goes on in the track before");
    if (track->visit != visit_) {
      fact.note = say_with("belongs to another visit, at {0}", {elsewhere_});
      fact.tone = Tone::unsure;
    }
    part.blocks += std::move(fact);
  }
  part.blocks +=
      blocks::Button{"gps.stop", say_text("Stop"), [this] { return context_.receiver().stop(context_.desk()); }};
  return part;
}

blocks::Stack ReceiverPart::taking() {
  blocks::Stack part;
  blocks::Choice purpose = pages::own_choice(purpose_, "gps.purpose", say_text(in_context("positions", "Purpose")),
                                             pages::options_of(records::point_purpose_enumeration));
  const bool is_corner = pages::chosen_text(purpose) == unit_corner;
  part.blocks += std::move(purpose);
  if (is_corner) part.blocks += pages::own_choice(unit_, "gps.unit", say_text("Unit"), units_);
  part.blocks += own_text(label_, "gps.label", say_text(in_context("positions", "Label")));
  part.blocks += pages::own_choice(average_until_, "gps.average_until", say_text("Average until"),
                                   {{"hand", "", say_text("stopped by hand")},
                                    {"60s", "60s", say_text("1 minute")},
                                    {"300s", "300s", say_text("5 minutes")},
                                    {"2m", "2m", say_text("accuracy 2 m")},
                                    {"1m", "1m", say_text("accuracy 1 m")}});
  part.blocks += buttons();
  return part;
}

blocks::Line ReceiverPart::buttons() {
  const Gate gate = gate_of(context_.receiver());
  const bool can_take = gate.is_good && !is_voided_;
  blocks::Button take{"gps.take", say_text("Take point"),
                      [this]() -> Status {
                        KX_TRY(fields, context_.receiver().point());
                        return take_point(std::move(fields));
                      },
                      Tone::accent, can_take};
  if (!can_take) take.hint = gate.reason;
  blocks::Line line;
  line.blocks += std::move(take);
  line.blocks += average_button(can_take, gate.reason);
  line.blocks += track_button();
  return line;
}

blocks::Button ReceiverPart::average_button(bool can_take, const std::string& reason) {
  const receiver::Averaging& averaging = context_.receiver().averaging();
  if (!averaging.is_on()) {
    return {"gps.average",
            say_text("Start averaging"),
            [this]() -> Status {
              context_.receiver().averaging().begin(stop_rule(average_until_));
              return {};
            },
            Tone::plain,
            can_take,
            can_take ? say_text("stand still; the mean of many fixes is taken") : reason};
  }
  const std::size_t count = averaging.count();
  const std::string fixes = std::to_string(count);
  return {"gps.average_done",
          averaging.is_enough() ? say_with("Take the mean ({0} fixes, enough)", {fixes})
                                : say_with("Take the mean ({0} fixes)", {fixes}),
          [this]() -> Status {
            KX_TRY(fields, context_.receiver().take_mean());
            return take_point(std::move(fields));
          },
          Tone::accent,
          count >= 2,
          count >= 2 ? std::string() : say_text("it needs at least two usable fixes")};
}

blocks::Button ReceiverPart::track_button() {
  if (context_.receiver().route().track()) {
    return {"gps.track_stop", say_text("Stop the track"),
            [this] { return context_.receiver().route().end(context_.desk()); }};
  }
  return {"gps.track",
          say_text("Record track"),
          [this]() -> Status {
            receiver::Receiver& receiver = context_.receiver();
            KX_CHECK(receiver.check_place(is_example_place_));
            return receiver.route().begin(context_.desk(), visit_, receiver.is_example());
          },
          Tone::plain,
          !is_voided_,
          say_text("written as you walk; at most 10 s are lost with the power")};
}

Status ReceiverPart::start() {
  const std::filesystem::path path = pages::path_of(path_);
  // By its place: a recording to practise with stays one, whatever the visit says.
  const bool is_example = path.parent_path() == context_.examples_folder();
  return context_.receiver().start(context_.desk(), {path.string(), std::atof(speed_.c_str()), is_example});
}

Status ReceiverPart::take_point(std::vector<inspect::FieldText> fields) {
  receiver::Receiver& receiver = context_.receiver();
  KX_TRY(visit, pages::read_visit(context_.desk().store, visit_));
  KX_CHECK(receiver.check_place(pages::is_example(visit.place)));
  const std::string purpose = purpose_.empty() ? "position" : purpose_;
  fields.push_back({"purpose", purpose});
  if (!label_.empty()) fields.push_back({"label", label_});
  if (receiver.is_example()) fields.push_back({"is_example", "true"});
  if (purpose == unit_corner) {
    KX_TRY(units, pages::units_of(context_.desk().store, visit));
    if (units.empty()) {
      return Error(ErrorCode::bad_input,
                   phrase("this place has no restoration units; add one, or choose another purpose"));
    }
    Uuid unit = units.front().id();
    for (const records::Record& known : units) {
      if (known.id().text() == unit_) unit = known.id();
    }
    fields.push_back({"unit", unit.text()});
    fields.push_back({"sequence", std::to_string(pages::corners_of(visit, unit).size() + 1)});
  }
  KX_TRY(point, inspect::run_action(context_.desk(), "point.add", {visit_, fields, {}, {}, {}}));
  receiver.route().note_point(visit_, point);
  label_.clear();
  context_.say({say_text("point taken"), Tone::good});
  return {};
}

}  // namespace kuangxun::positions
