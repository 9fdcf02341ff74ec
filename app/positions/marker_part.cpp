#include "app/positions/marker_part.h"

#include <algorithm>

#include "app/inspect/visit/actions.h"
#include "app/inspect/visit/corner_markers.h"
#include "app/pages/fields.h"
#include "app/positions/own_text.h"
#include "app/positions/stake_out.h"
#include "app/receiver/point.h"
#include "app/receiver/receiver.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

// The nearest corner moves while somebody walks to press: what the screen said is recorded, and where the position was
// lost in between, nothing is.
namespace kuangxun::positions {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using licence::Corner;

// A list of more is no list any more: those around the receiver are offered.
constexpr std::size_t corners_offered_max = 40;

std::string key_of(const Corner& corner) {
  return corner.boundary.text() + " " + std::to_string(corner.number);
}

std::vector<const Corner*> offered(const std::vector<Corner>& corners, const Corner* nearest,
                                   const std::string& chosen) {
  std::vector<const Corner*> kept;
  if (corners.size() <= corners_offered_max) {
    for (const Corner& corner : corners) kept.push_back(&corner);
    return kept;
  }
  // Corners follow one another along the line: those before and after the nearest are around it.
  const std::size_t middle = nearest == nullptr ? 0 : static_cast<std::size_t>(nearest - corners.data());
  const std::size_t first = middle < corners_offered_max / 2 ? 0 : middle - corners_offered_max / 2;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const bool is_around = first <= i && i < first + corners_offered_max;
    if (is_around || key_of(corners[i]) == chosen) kept.push_back(&corners[i]);
  }
  return kept;
}

Tone tone_of(std::string_view state) {
  return state == "intact" ? Tone::good : state == "damaged" ? Tone::unsure : Tone::bad;
}

std::string promise_text(const Corner* aim, bool is_measured) {
  if (aim == nullptr) return say_text("choose a corner, or start the receiver");
  if (is_measured) return say_with("records the marker of {0} with the position of now", {aim->name});
  return say_with("records the marker of {0}; without a position, none of now is evidence", {aim->name});
}

}  // namespace

void MarkerPart::forget() {
  corner_.clear();
  note_.clear();
}

Result<std::optional<blocks::Section>> MarkerPart::build(const pages::VisitFacts& visit) {
  history::RecordReader& store = context_.desk().store;
  visit_ = visit.visit().id();
  is_voided_ = visit.visit().is_voided();
  is_example_place_ = pages::is_example(visit.place);
  KX_TRY(corners, licence::corners_of_place(store, visit.place.id()));
  KX_TRY(seen, licence::markers_of_place(store, visit.place.id()));
  corners_ = std::move(corners);
  seen_ = std::move(seen);
  const std::vector<const inspect::Child*> recorded = visit.children(kinds::corner_marker);
  if (corners_.empty() && recorded.empty()) return std::optional<blocks::Section>();
  blocks::Section section{say_text("Boundary markers"), {}};
  section.blocks += blocks::Stack{aiming(), [this] { return aiming(); }};
  for (std::size_t index = 0; index < recorded.size(); ++index) add_recorded(*recorded[index], index, section.blocks);
  return std::optional(std::move(section));
}

blocks::Blocks MarkerPart::aiming() {
  const receiver::Receiver& receiver = context_.receiver();
  const gps::Fix* fix = receiver.walking_fix();
  const Corner* nearest = nearest_corner(corners_, fix);
  blocks::Choice choice = corner_choice(nearest);
  const auto found = std::ranges::find(corners_, pages::chosen_text(choice), key_of);
  const Corner* aim = found != corners_.end() ? &*found : nearest;
  const bool is_measured = receiver.evidence_fix() != nullptr;
  blocks::Blocks part;
  part += std::move(choice);
  if (aim != nullptr && fix != nullptr) {
    for (blocks::Fact& fact : stake_out_facts(*fix, *aim)) part += std::move(fact);
  }
  if (aim != nullptr) part += blocks::Fact{say_text("Marker before"), seen_before(*aim)};
  blocks::Entry note = own_text(note_, "marker.note", say_text("Remark"));
  note.is_wide = false;
  part += std::move(note);
  part += buttons(aim, is_measured);
  part += blocks::Text{promise_text(aim, is_measured), Tone::muted};
  return part;
}

blocks::Choice MarkerPart::corner_choice(const Corner* nearest) {
  std::vector<blocks::Option> options = {
      {"nearest", "", nearest != nullptr ? say_with("the nearest ({0})", {nearest->name}) : say_text("the nearest")}};
  for (const Corner* corner : offered(corners_, nearest, corner_)) {
    options.push_back({std::to_string(corner - corners_.data() + 1), key_of(*corner), corner->name});
  }
  blocks::Choice choice = pages::own_choice(corner_, "marker.corner", say_text("Which corner"), std::move(options));
  choice.look = blocks::Choice::Look::list;
  return choice;
}

std::string MarkerPart::seen_before(const Corner& corner) {
  const licence::SeenMarker* seen = licence::newest_of(seen_, corner);
  if (seen == nullptr) return say_text("nothing recorded");
  const auto text = licence::marker_text(context_.desk().store, corners_, seen->marker);
  return format_minute(seen->visited_ms, context_.desk().offset_min) + "　" +
         (text.ok() ? *text : text.error().message());
}

blocks::Line MarkerPart::buttons(const Corner* aim, bool is_measured) {
  blocks::Line line;
  for (const records::EnumerationOption& state : records::marker_state_enumeration.options) {
    Promise promise{std::string(state.code), {}, 0, is_measured};
    if (aim != nullptr) {
      promise.boundary = aim->boundary;
      promise.corner = aim->number;
    }
    line.blocks +=
        blocks::Button{"marker." + promise.state, either_text(state.chinese, state.english),
                       [this, promise] { return record(promise); }, tone_of(state.code), aim != nullptr && !is_voided_};
  }
  return line;
}

void MarkerPart::add_recorded(const inspect::Child& child, std::size_t index, blocks::Blocks& part) {
  const auto text = licence::marker_text(context_.desk().store, corners_, child.record);
  part += blocks::Divider{};
  part += blocks::Text{(text.ok() ? *text : text.error().message()) +
                       (pages::is_example(child.record) ? say_text(" (example)") : std::string())};
  std::string standing = pages::standing_of(context_, child);
  if (!standing.empty()) part += blocks::Text{std::move(standing), Tone::bad};
  part += pages::void_button(context_, child.record, "visit.marker." + std::to_string(index) + ".void");
}

Status MarkerPart::record(const Promise& promise) {
  const gps::Fix* fix = context_.receiver().evidence_fix();
  if (promise.is_measured && fix == nullptr) {
    return Error(ErrorCode::bad_input, phrase("the position was just lost, nothing is recorded; press again when it "
                                              "is back, or once more to record without a position"));
  }
  inspect::Request request{visit_,
                           {{"state", promise.state},
                            {"boundary", promise.boundary.text()},
                            {"corner", std::to_string(promise.corner)},
                            {"note", note_}},
                           {},
                           {},
                           {}};
  if (fix != nullptr) KX_CHECK(add_position(*fix, request.fields));
  KX_TRY(marker, inspect::run_action(context_.desk(), "marker.add", request));
  KX_TRY(view, context_.desk().store.read(marker));
  KX_TRY(text, licence::marker_text(context_.desk().store, corners_, view.record));
  note_.clear();
  pages::Message message{say_text("the marker is recorded: ") + text, Tone::good};
  if (fix == nullptr) {
    message.text += say_text("; without a position");
    message.tone = Tone::unsure;
  }
  context_.say(std::move(message));
  return {};
}

Status MarkerPart::add_position(const gps::Fix& fix, std::vector<inspect::FieldText>& fields) {
  const receiver::Receiver& receiver = context_.receiver();
  KX_CHECK(receiver.check_place(is_example_place_));
  if (receiver.is_example()) fields.push_back({"is_example", "true"});
  std::vector<inspect::FieldText> point = receiver::point_fields(fix, receiver.is_live());
  if (receiver.is_example()) point.push_back({"is_example", "true"});
  for (inspect::FieldText& field : point) {
    fields.push_back({std::string(inspect::marker_point_prefix) + field.name, std::move(field.text)});
  }
  return {};
}

}  // namespace kuangxun::positions
