#include <memory>

#include "app/gps/county_gate.h"
#include "app/gps/open_source.h"
#include "app/inspect/actions.h"
#include "app/screens/point.h"
#include "app/screens/visit_making.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

constexpr std::string_view example_recording = "receiver-example.nmea";

// "60s", "2m", or nothing.
gps::StopRule stop_rule(const std::string& text) {
  gps::StopRule rule;
  if (text.empty()) return rule;
  const std::int64_t number = std::atoll(text.c_str()) * 1000;
  (text.back() == 's' ? rule.duration_ms : rule.accuracy_mm) = number;
  return rule;
}

Result<office::Paper> write_paper(const office::Office& office, const Uuid& visit, const std::filesystem::path& file) {
  if (file.has_parent_path()) KX_CHECK(make_folder(file.parent_path()));
  return office.write_visit_paper(visit, file);
}

}  // namespace

Status Workbench::press_receiver(const Press& press) {
  switch (press.command) {
    case Command::use_example_recording:
      slots_[Slot::replay_path] = (world_.examples_folder / example_recording).string();
      return {};
    case Command::use_source:
      slots_[Slot::replay_path] = press.detail;
      return {};
    case Command::start_receiver:
      return start_receiver();
    case Command::stop_receiver:
      stop_receiver();
      return {};
    case Command::take_point:
      return take_one_point(press.subject);
    case Command::start_average:
      receiver_.averager.clear();
      receiver_.is_averaging = true;
      receiver_.is_enough = false;
      receiver_.stop = stop_rule(slots_[Slot::average_until]);
      return {};
    case Command::start_track:
      return start_track(press.subject);
    case Command::stop_track:
      return stop_track();
    case Command::start_walk:
      return start_walk(press.subject);
    case Command::finish_walk:
      return finish_walk(press.subject);
    case Command::finish_points:
      return finish_points(press.subject);
    case Command::record_marker:
      return record_marker(press);
    case Command::drop_walk:
      receiver_.walk.reset();
      return {};
    default:
      break;
  }
  return take_average(press.subject);
}

Status Workbench::start_receiver() {
  stop_receiver();
  const std::string text = path_of(slots_[Slot::replay_path]).string();
  const double speed = std::atof(slots_[Slot::replay_speed].c_str());
  KX_TRY(rule_records, world_.desk.store.list(kinds::positioning_rules));
  const records::PositioningRules rules = records::read_positioning_rules(rule_records);
  const Receiver::Listening listening{gps::gate_limits(rules), rules.keeps_sentences};
  KX_TRY(source, gps::open_source(text, speed > 0 ? speed : 1, world_.desk.clock));
  receiver_.receiver = Receiver::start(std::move(source), listening, world_.desk.clock, world_.post, [this] {
    receiver_.take_news();
    needs_refresh_ = true;
  });
  receiver_.limits = listening.limits;
  receiver_.is_live = gps::is_live_source(text);
  // By its place: a recording to practise with stays one, whatever the visit says.
  receiver_.is_example = std::filesystem::path(text).parent_path() == world_.examples_folder;
  return {};
}

void Workbench::stop_receiver() {
  if (const Status ended = stop_track(); !ended.ok()) say_error(ended.error());
  receiver_ = ReceiverModel{};
}

Status Workbench::take_one_point(const Uuid& visit) {
  const std::optional<JudgedFix>& latest = receiver_.latest;
  const std::int64_t now_ms = world_.desk.clock.steady_ms();
  if (!latest || latest->verdict != gps::GateVerdict::accepted) {
    return Error(ErrorCode::bad_input, gps::gate_text(latest ? latest->verdict : gps::GateVerdict::warming_up));
  }
  if (latest->fix.age_ms(now_ms) > receiver_.limits.age_ms_max) {
    return Error(ErrorCode::bad_input, gps::gate_text(gps::GateVerdict::too_old));
  }
  return take_point(visit, point_fields(latest->fix, receiver_.is_live));
}

Status Workbench::take_average(const Uuid& visit) {
  KX_TRY(mean, receiver_.averager.mean());
  receiver_.is_averaging = false;
  if (!receiver_.latest) return {};
  return take_point(visit, point_fields(mean, receiver_.latest->fix, receiver_.is_live));
}

Status Workbench::take_point(const Uuid& visit, std::vector<inspect::FieldText> fields) {
  KX_TRY(facts, read_visit(world_.desk.store, visit));
  const std::string purpose = slots_[Slot::point_purpose].empty() ? "position" : slots_[Slot::point_purpose];
  fields.push_back({"purpose", purpose});
  if (!slots_[Slot::point_label].empty()) fields.push_back({"label", slots_[Slot::point_label]});
  if (receiver_.is_example && !is_example(facts.place)) {
    return Error(ErrorCode::bad_input,
                 phrase("the example recording's positions are invented; they are for example places only"));
  }
  if (receiver_.is_example) fields.push_back({"is_example", "true"});
  if (purpose == "unit-corner") {
    KX_TRY(units, units_of(world_.desk.store, facts));
    if (units.empty()) {
      return Error(ErrorCode::bad_input,
                   phrase("this place has no restoration units; add one, or choose another purpose"));
    }
    Uuid unit = units.front().id();
    for (const records::Record& known : units) {
      if (known.id().text() == slots_[Slot::point_unit]) unit = known.id();
    }
    fields.push_back({"unit", unit.text()});
    fields.push_back({"sequence", std::to_string(corners_of(facts, unit).size() + 1)});
  }
  KX_TRY(point, act("point.add", {visit, fields, {}, {}, {}}));
  if (receiver_.walk) receiver_.walk->points_taken.push_back(point.text());
  slots_[Slot::point_label].clear();
  message_ = {say_text("point taken"), Tone::good};
  return {};
}

void Workbench::save_visit_paper(const Uuid& visit, const std::filesystem::path& path) {
  message_ = {say_text("making the visit record…"), Tone::plain};
  papers_.start([this, visit, path] {
    const Result<office::Paper> paper = write_paper(world_.office, visit, path);
    world_.post([this, paper] {
      if (paper.ok()) {
        message_ = {say_with("the visit record is saved ({0} pages): {1}",
                             {std::to_string(paper->pages), paper->file.string()}),
                    Tone::good};
      } else {
        say_error(paper.error());
      }
      needs_refresh_ = true;
    });
  });
}

void Workbench::exchange(std::string title, Exchange job, std::function<void(const Status&)> done) {
  // The county gets what was walked until now; the track goes on in a new block.
  if (const Status kept = keep_track(); !kept.ok()) say_error(kept.error());
  const auto ended = [this, done = std::move(done)](const Status& outcome) {
    are_rules_old_ = true;  // it may have brought others, which are read before the next view is made
    done(outcome);
  };
  const Status begun = beside_.start(writer::Turn::exchange, std::move(title), std::move(job), ended);
  if (!begun.ok()) say_error(begun.error());
}

}  // namespace kuangxun::screens
