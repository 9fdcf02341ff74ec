#include <cmath>

#include "app/geo/position_text.h"
#include "app/gps/heard_text.h"
#include "app/licence/boundaries.h"
#include "app/licence/heights.h"
#include "app/screens/visit_making.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/enumerations.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

constexpr int shown_decimals = 7;

std::string metres(std::int64_t millimetres) {
  return format_decimal((millimetres + 99) / 100, 1) + " m";
}

Fact accuracy_fact(const gps::Fix& fix) {
  Fact fact{say_text("Accuracy"), say_text("unknown"), gps::accuracy_basis_text(fix)};
  if (fix.accuracy_mm) fact.value = "± " + metres(*fix.accuracy_mm);
  return fact;
}

void add_fix(const Making& making, const JudgedFix& judged, ReceiverView& view) {
  const gps::Fix& fix = judged.fix;
  const geo::Position position{fix.latitude_nanodegrees, fix.longitude_nanodegrees};
  view.facts.push_back({say_text("Position"), geo::format_position_degrees(position, shown_decimals)});
  view.facts.push_back(accuracy_fact(fix));
  const std::int64_t age_ms = fix.age_ms(making.world.desk.clock.steady_ms());
  std::string satellites = fix.satellites ? std::to_string(*fix.satellites) : say_text("unknown");
  view.facts.push_back(
      {say_text("Satellites"),
       say_with("{0} used, {1} in view", {satellites, std::to_string(making.receiver.state.satellites_in_view)})});
  view.facts.push_back({say_text("Receiver's time"),
                        fix.utc_ms ? format_minute(*fix.utc_ms, beijing_offset_min) : say_text("unknown"),
                        say_with("received {0} s ago", {std::to_string(age_ms / 1000)})});
}

void judge(const Making& making, ReceiverView& view) {
  const ReceiverModel& receiver = making.receiver;
  if (!receiver.latest) {
    view.gate = {say_text("no fix"), Tone::muted};
    view.gate_reason =
        receiver.ended ? say_text("the recording has no position") : say_text("no position has come yet");
    // A receiver that was just started has had no time to speak.
    if (receiver.ended || receiver.heard.is_anything()) {
      view.gate_reason += say_text(": ") + gps::no_fix_text(receiver.heard);
    }
    return;
  }
  gps::GateVerdict verdict = receiver.latest->verdict;
  const bool is_old = receiver.latest->fix.age_ms(making.world.desk.clock.steady_ms()) > receiver.limits.age_ms_max;
  if (is_old && verdict == gps::GateVerdict::accepted) verdict = gps::GateVerdict::too_old;
  const bool is_good = verdict == gps::GateVerdict::accepted;
  view.gate = {is_good ? say_text("evidence") : say_text("no evidence"), is_good ? Tone::good : Tone::unsure};
  view.gate_reason = is_good          ? std::string()
                     : receiver.ended ? say_text("the recording has ended")
                                      : gps::gate_text(verdict);
}

Button track_button(const Making& making, const VisitFacts& visit) {
  const Uuid id = visit.visit().id();
  if (making.receiver.track) {
    return {"gps.track_stop", say_text("Stop the track"), {Command::stop_track, id, {}}};
  }
  Button start{"gps.track", say_text("Record track"), {Command::start_track, id, {}}};
  start.enabled = making.receiver.receiver != nullptr && !visit.visit().is_voided();
  start.hint = say_text("written as you walk; at most 10 s are lost with the power");
  return start;
}

void add_buttons(const Making& making, const VisitFacts& visit, ReceiverView& view) {
  const ReceiverModel& receiver = making.receiver;
  const Uuid id = visit.visit().id();
  const bool can_take = view.gate.tone == Tone::good && !visit.visit().is_voided();
  Button take{"gps.take", say_text("Take point"), {Command::take_point, id, {}}, Tone::accent, can_take};
  if (!can_take) take.hint = view.gate_reason;
  view.buttons.push_back(std::move(take));
  if (!receiver.is_averaging) {
    Button average{"gps.average", say_text("Start averaging"), {Command::start_average, id, {}}};
    average.enabled = can_take;
    average.hint = can_take ? say_text("stand still; the mean of many fixes is taken") : view.gate_reason;
    view.buttons.push_back(std::move(average));
    view.buttons.push_back(track_button(making, visit));
    return;
  }
  const std::size_t count = receiver.averager.count();
  Button done{"gps.average_done",
              receiver.is_enough ? say_with("Take the mean ({0} fixes, enough)", {std::to_string(count)})
                                 : say_with("Take the mean ({0} fixes)", {std::to_string(count)}),
              {Command::take_average, id, {}},
              Tone::accent,
              count >= 2};
  if (count < 2) done.hint = say_text("it needs at least two usable fixes");
  view.buttons.push_back(std::move(done));
  view.buttons.push_back(track_button(making, visit));
}

// What is known of a benchmark is typed; a point of extraction is compared with the elevations.
void add_height(const Making& making, const VisitFacts& visit, const inspect::Child& child, const std::string& prefix,
                PointView& view) {
  const records::Record& point = child.record;
  if (point.integer(records::gps_point::purpose) == records::point_purpose::benchmark) {
    for (const std::string field : {"known_height_m", "known_height_uncertainty_m", "known_height_source"}) {
      view.entries.push_back(
          text_entry(making, &point, address_of(point, field), prefix + field, visit.is_editable(child)));
    }
  }
  if (point.is_voided() || point.integer(records::gps_point::purpose) != records::point_purpose::extraction_area)
    return;
  const auto verdict = licence::point_elevation(making.store(), point, visit.place.id());
  if (verdict.ok() && *verdict) view.elevation = say_text("Elevation: ") + (*verdict)->reason;
}

std::string orientation_of(const Making& making, const records::Record& point) {
  std::optional<std::int64_t> accuracy_mm;
  if (point.has(records::gps_point::accuracy_m)) accuracy_mm = point.integer(records::gps_point::accuracy_m) * 10;
  const auto orientation = making.world.county_lines.at(
      {point.integer(records::gps_point::latitude_deg), point.integer(records::gps_point::longitude_deg)}, accuracy_mm);
  return orientation.ok() ? geo::orientation_text(*orientation) : std::string();
}

PointView point_view(const Making& making, const inspect::Child& child, std::size_t index) {
  const records::Record& point = child.record;
  PointView view;
  view.title = point.has(records::gps_point::label) ? point.text(records::gps_point::label)
                                                    : say_with("point {0}", {std::to_string(index + 1)});
  if (point.has(records::gps_point::purpose)) view.title += " · " + point.display(records::gps_point::purpose);
  if (point.has(records::gps_point::unit)) {
    const auto unit = making.store().read(point.reference(records::gps_point::unit));
    if (unit.ok()) view.title += " · " + unit->record.name();
  }
  if (is_example(point)) view.title += say_text(" (example)");
  view.position = geo::format_position_degrees(
      {point.integer(records::gps_point::latitude_deg), point.integer(records::gps_point::longitude_deg)},
      shown_decimals);
  for (const auto& field :
       {records::gps_point::accuracy_m, records::gps_point::satellites, records::gps_point::fix_type,
        records::gps_point::averaged_fixes, records::gps_point::source}) {
    if (!point.has(field)) continue;
    if (!view.quality.empty()) view.quality += " · ";
    const std::string label(point.kind().field(field).label());
    view.quality += label + " " + point.display(field);
  }
  if (point.has(records::gps_point::measured_at))
    view.quality += " · " + minute_text(point, records::gps_point::measured_at);
  view.standing = standing_of(making, child);
  view.void_it = void_button(point, "visit.point." + std::to_string(index) + ".void");
  return view;
}

}  // namespace

void add_positions(const Making& making, const VisitFacts& visit, VisitView& view) {
  ReceiverView& receiver = view.receiver;
  receiver.is_running = making.receiver.receiver != nullptr;
  receiver.path = slot_text(making, Slot::replay_path, "gps.path", say_text("Receiver, or a recording of one (NMEA)"),
                            say_text("auto, /dev/ttyUSB0, gpsd://HOST or a file"));
  receiver.examples.push_back({"gps.auto", say_text("Look for a serial port"), {Command::use_source, {}, "auto"}});
  receiver.examples.push_back({"gps.gpsd", "gpsd", {Command::use_source, {}, "gpsd://localhost"}});
  // The plan has no coordinates: no real place gets invented ones.
  if (is_example(visit.place)) {
    receiver.examples.push_back(
        {"gps.example", say_text("Use the example recording"), {Command::use_example_recording, {}, {}}});
  }
  receiver.speed = slot_choice(making, Slot::replay_speed, "gps.speed", say_text("Speed"),
                               {{"1", "1", say_text("as recorded")}, {"10", "10", "10×"}, {"100", "100", "100×"}});
  const bool has_path = !making.slots[Slot::replay_path].empty();
  receiver.start = {
      "gps.start", say_text(in_context("screens", "Start")), {Command::start_receiver, {}, {}}, Tone::accent, has_path};
  if (!has_path) receiver.start.hint = say_text("name a receiver or a recording first");
  receiver.stop = {"gps.stop", say_text("Stop"), {Command::stop_receiver, {}, {}}};
  receiver.average_until = slot_choice(making, Slot::average_until, "gps.average_until", say_text("Average until"),
                                       {{"hand", "", say_text("stopped by hand")},
                                        {"60s", "60s", say_text("1 minute")},
                                        {"300s", "300s", say_text("5 minutes")},
                                        {"2m", "2m", say_text("accuracy 2 m")},
                                        {"1m", "1m", say_text("accuracy 1 m")}});
  if (making.receiver.latest) add_fix(making, *making.receiver.latest, receiver);
  if (receiver.is_running) {
    receiver.facts.push_back(
        {say_text("Received"), say_with("fixes: {0}, usable: {1}", {std::to_string(making.receiver.fixes),
                                                                    std::to_string(making.receiver.accepted)})});
  }
  if (const auto& track = making.receiver.track) {
    receiver.facts.push_back(
        {say_text("Track"),
         say_with("points: {0}, {1} m", {std::to_string(track->points), std::to_string(std::llround(track->length_m))}),
         track->is_resumed ? say_text("goes on in the track before") : ""});
  }
  judge(making, receiver);
  receiver.purpose = slot_choice(making, Slot::point_purpose, "gps.purpose", say_text(in_context("screens", "Purpose")),
                                 options_of(records::point_purpose_enumeration));
  std::vector<Option> units;
  if (const auto known = units_of(making.store(), visit); known.ok()) {
    for (const records::Record& unit : *known) {
      units.push_back({std::to_string(units.size()), unit.id().text(), unit.name()});
    }
  }
  if (chosen_text(receiver.purpose) == "unit-corner") {
    receiver.unit = slot_choice(making, Slot::point_unit, "gps.unit", say_text("Unit"), std::move(units));
  }
  receiver.label = slot_text(making, Slot::point_label, "gps.label", say_text(in_context("screens", "Label")),
                             say_text("may stay empty"));
  add_buttons(making, visit, receiver);
  const auto boundary = licence::boundary_of(making.store(), visit.place.id());
  for (const inspect::Child* child : visit.children(kinds::gps_point)) {
    const std::string prefix = "visit.point." + std::to_string(view.points.size()) + ".";
    view.points.push_back(point_view(making, *child, view.points.size()));
    add_height(making, visit, *child, prefix, view.points.back());
    view.points.back().orientation = orientation_of(making, child->record);
    if (!boundary.ok() || !*boundary) continue;
    const auto placement = licence::place_point(child->record, **boundary);
    if (placement.ok()) view.points.back().boundary = geo::reason_of(*placement);
  }
}

}  // namespace kuangxun::screens
