#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/blocks/event.h"
#include "app/pages/field_address.h"

// What a screen is made of, without a window: words, controls and what pressing them means. A view-model is made of
// these; app/ui draws it and answers with intents; the workbench does them. Names of controls are stable and never
// translated, so that scripts and tests press them.
namespace kuangxun::screens {

// The same as on pages that are made of blocks.
using blocks::Badge;
using blocks::Fact;
using blocks::Option;
using blocks::Tone;
using pages::FieldAddress;

// What belongs to the window and not to the records: lost with it.
enum class Slot : std::uint8_t {
  visit_tab,
  replay_path,
  replay_speed,
  average_until,  // "": until it is taken; "60s"; "2m"
  point_label,
  point_purpose,
  point_unit,
  area_kind,
  area_label,
  marker_corner,  // "": the nearest; else the boundary, a blank, the corner
  marker_note,
  count,
};

enum class Command : std::uint8_t {
  open_page,  // detail: its name
  open_place,
  open_visit,
  ask_void,
  dismiss_message,
  use_example_recording,
  start_receiver,
  stop_receiver,
  take_point,
  use_source,  // detail: what gps::open_source takes
  start_track,
  stop_track,
  start_average,
  take_average,
  ask_person,
  start_walk,
  finish_walk,
  finish_points,
  drop_walk,
  record_marker,  // detail: state, boundary, corner, "measured" or "unmeasured", with blanks between
};

struct Press {
  Command command = Command::dismiss_message;
  Uuid subject = {};
  std::string detail = {};
};
struct Type {
  FieldAddress at;
  std::string text;
};
struct Leave {
  FieldAddress at;
};
// An edit that is finished at once.
struct Choose {
  FieldAddress at;
  std::string text;  // as format_value writes it; empty: none
};
struct Write {
  Slot slot = Slot::visit_tab;
  std::string text;
};
// The last is of a page that is made of blocks.
using Intent = std::variant<Press, Type, Leave, Choose, Write, blocks::Event>;

struct Button {
  std::string name;
  std::string label;
  Press press;
  Tone tone = Tone::plain;
  bool enabled = true;
  std::string hint = {};
};

// One of several that stand in an order of their own, wherever they come from.
struct OrderedOption {
  int order = 0;
  Option option;
};

// A text field of a record.
struct TextEntry {
  std::string name;
  std::string label;
  std::string text;
  std::string problem = {};  // why the text cannot be entered
  FieldAddress at = {};
  bool enabled = true;
  int lines = 1;
  std::string hint = {};
};

// A choice of a record.
struct ChoiceEntry {
  std::string name;
  std::string label;
  std::vector<Option> options;
  std::optional<std::size_t> chosen;
  FieldAddress at;
  bool enabled = true;
};

struct SlotText {
  std::string name;
  std::string label;
  std::string text;
  Slot slot = Slot::visit_tab;
  std::string hint = {};
};

struct SlotChoice {
  std::string name;
  std::string label;
  std::vector<Option> options;
  std::optional<std::size_t> chosen;
  Slot slot = Slot::visit_tab;
};

}  // namespace kuangxun::screens
