#include "app/positions/area_part.h"

#include <cmath>

#include "app/inspect/visit/actions.h"
#include "app/licence/walked_areas.h"
#include "app/pages/fields.h"
#include "app/positions/own_text.h"
#include "app/receiver/receiver.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/choices/area_kind.h"
#include "db/records/enumerations.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

namespace kuangxun::positions {
namespace {

namespace kinds = records::kinds;
using blocks::Badge;
using blocks::Tone;

constexpr std::size_t corners_min = 3;

std::string hectares(double area_m2) {
  return format_decimal_padded(std::llround(area_m2), 4);
}

std::string metres(double value_m) {
  return std::to_string(std::llround(value_m)) + " m";
}

void add_live(const receiver::Route::Walk& walk, blocks::Blocks& part) {
  const inspect::LiveWalk& live = walk.live;
  part +=
      blocks::Fact{say_text("Walked"), metres(live.length_m), say_with("{0} from the start", {metres(live.closing_m)})};
  blocks::Fact area{say_text("Area if closed now"), say_text("none yet"),
                    say_text("too few points, or the line crosses itself")};
  if (live.area_m2) {
    area.value = hectares(*live.area_m2);
    if (live.error_m2) area.value += " ± " + hectares(std::ceil(*live.error_m2));
    area.value += say_text(" ha");
    area.note = say_text("1 sigma");
  }
  part += std::move(area);
  const std::size_t points = walk.points_taken.size();
  if (points > 0) part += blocks::Fact{say_text("Points taken meanwhile"), std::to_string(points)};
}

Badge badge_of(bool is_extraction, geo::Standing standing) {
  switch (standing) {
    case geo::Standing::inside:
      return {say_text("inside"), Tone::good};
    case geo::Standing::outside:
      return is_extraction ? Badge{say_text("suspected beyond the boundary"), Tone::bad}
                           : Badge{say_text("check land-use papers"), Tone::unsure};
    case geo::Standing::cannot_tell:
      break;
  }
  return {say_text("cannot be determined"), Tone::unsure};
}

std::string title_of(const records::Record& area) {
  std::string title = area.display(records::walked_area::area_kind);
  if (area.has(records::walked_area::label)) title += " · " + area.text(records::walked_area::label);
  if (pages::is_example(area)) title += say_text(" (example)");
  return title;
}

std::string figures_of(const records::Record& area) {
  std::string figures = format_decimal_padded(area.integer(records::walked_area::area_ha), 4);
  if (area.has(records::walked_area::area_uncertainty_ha)) {
    figures += " ± " + format_decimal_padded(area.integer(records::walked_area::area_uncertainty_ha), 4);
  }
  figures += say_with(" ha, {0} m round", {format_decimal(area.integer(records::walked_area::perimeter_m), 2)});
  return figures + (area.has(records::walked_area::track) ? say_text(", of a track") : say_text(", of points"));
}

}  // namespace

void AreaPart::forget() {
  kind_.clear();
  label_.clear();
}

blocks::Section AreaPart::build(const pages::VisitFacts& visit) {
  visit_ = visit.visit().id();
  is_voided_ = visit.visit().is_voided();
  is_example_place_ = pages::is_example(visit.place);
  blocks::Section section{say_text("Walked areas"), {}};
  section.blocks += pages::own_choice(kind_, "area.kind", say_text("Kind of area"),
                                      pages::options_of(records::area_kind_enumeration));
  section.blocks += own_text(label_, "area.label", say_text("Label"));
  section.blocks += blocks::Stack{recorder(), [this] { return recorder(); }};
  std::size_t index = 0;
  for (const inspect::Child* child : visit.children(kinds::walked_area)) {
    add_area(visit, *child, index++, section.blocks);
  }
  return section;
}

blocks::Blocks AreaPart::recorder() {
  blocks::Blocks part;
  const receiver::Route::Walk* walk = context_.receiver().route().walk_of(visit_);
  if (walk == nullptr) {
    part += start_button();
    return part;
  }
  add_live(*walk, part);
  blocks::Line buttons;
  buttons.blocks += blocks::Button{"area.finish", say_text("Done: make the area"), [this] { return finish_walk(); },
                                   Tone::accent, walk->live.area_m2.has_value()};
  const std::size_t points = walk->points_taken.size();
  buttons.blocks += blocks::Button{"area.points",
                                   say_with("Make it of the {0} points taken", {std::to_string(points)}),
                                   [this] { return finish_points(); },
                                   Tone::plain,
                                   points >= corners_min,
                                   say_text("3 or more, in the order they were taken")};
  buttons.blocks += blocks::Button{"area.drop", say_text("Leave it"), [this]() -> Status {
                                     context_.receiver().route().drop_walk();
                                     return {};
                                   }};
  part += std::move(buttons);
  return part;
}

blocks::Button AreaPart::start_button() {
  const receiver::Receiver& receiver = context_.receiver();
  const auto& track = receiver.route().track();
  const bool is_elsewhere = track && track->visit != visit_;
  blocks::Button start{"area.start", say_text("Start walking round"), [this] { return this->start(); }};
  start.enabled = receiver.is_running() && !is_voided_ && !is_elsewhere;
  start.hint = !receiver.is_running() ? say_text("start the receiver first")
               : is_elsewhere         ? say_text("a track of another visit is being recorded; stop it first")
                              : say_text("walk round and come back to the start, or take points at the corners");
  return start;
}

void AreaPart::add_area(const pages::VisitFacts& visit, const inspect::Child& child, std::size_t index,
                        blocks::Blocks& part) {
  const records::Record& area = child.record;
  Badge verdict = badge_of(false, geo::Standing::cannot_tell);
  std::string words = say_text("this place has no boundary yet");
  const auto standing = licence::area_standing(context_.desk().store, area, visit.place.id());
  if (!standing.ok()) {
    words = standing.error().message();
  } else if (*standing) {
    const bool is_extraction = area.integer(records::walked_area::area_kind) == records::area_kind::extraction_area;
    verdict = badge_of(is_extraction, (*standing)->overlap.standing);
    words = (*standing)->words;
  }
  part += blocks::Divider{};
  blocks::Line title;
  title.blocks += blocks::Text{title_of(area)};
  title.blocks += std::move(verdict);
  part += std::move(title);
  part += blocks::Text{figures_of(area)};
  part += blocks::Text{std::move(words)};
  std::string where_it_stands = pages::standing_of(context_, child);
  if (!where_it_stands.empty()) part += blocks::Text{std::move(where_it_stands), Tone::bad};
  part += pages::void_button(context_, area, "visit.area." + std::to_string(index) + ".void");
}

Status AreaPart::start() {
  receiver::Receiver& receiver = context_.receiver();
  KX_CHECK(receiver.check_place(is_example_place_));
  return receiver.route().begin_walk(context_.desk(), visit_, receiver.is_example());
}

std::vector<inspect::FieldText> AreaPart::fields() const {
  std::vector<inspect::FieldText> fields = {{"area_kind", kind_.empty() ? "extraction-area" : kind_}};
  if (!label_.empty()) fields.push_back({"label", label_});
  return fields;
}

Status AreaPart::finish_walk() {
  receiver::Route& route = context_.receiver().route();
  // What was walked must be in the store; on a refusal the walk goes on.
  KX_CHECK(route.keep(context_.desk()));
  const receiver::Route::Walk* walk = route.walk_of(visit_);
  if (walk == nullptr || walk->points.empty()) return {};
  const auto text = [](const records::TrackPoint& point) { return format_instant(point.time_ms, 0); };
  std::vector<inspect::FieldText> wanted = fields();
  wanted.push_back({"from", text(walk->points.front())});
  wanted.push_back({"to", text(walk->points.back())});
  KX_TRY(area, inspect::run_action(context_.desk(), "area.walk", {visit_, wanted, {}, {}, {}}));
  return finish(area);
}

Status AreaPart::finish_points() {
  const receiver::Route::Walk* walk = context_.receiver().route().walk_of(visit_);
  if (walk == nullptr) return {};
  KX_TRY(area, inspect::run_action(context_.desk(), "area.add", {visit_, fields(), walk->points_taken, {}, {}}));
  return finish(area);
}

Status AreaPart::finish(const Uuid& area) {
  KX_TRY(view, context_.desk().store.read(area));
  context_.say({say_with("the area is recorded: {0} ha",
                         {format_decimal(view.record.integer(records::walked_area::area_ha), 4)}),
                Tone::good});
  label_.clear();
  context_.receiver().route().drop_walk();
  return {};
}

}  // namespace kuangxun::positions
