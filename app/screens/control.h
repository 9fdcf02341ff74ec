#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/inspect/document.h"
#include "db/base/uuid.h"

// What a screen is made of, without a window: words, controls and what pressing them means. A view-model is made of
// these; app/ui draws it and answers with intents; the workbench does them. Names of controls are stable and never
// translated, so that scripts and tests press them.
namespace kuangxun::screens {

// What a colour says; never the colour alone.
enum class Tone : std::uint8_t { plain, good, bad, unsure, muted, accent };

// One field of one record, or of a record that comes into being with the first character typed or the first choice.
struct FieldAddress {
  Uuid record;  // nil: does not exist yet
  records::KindNumber kind = 0;
  std::string field;
  // What such a new record begins with (its visit, its role, ...).
  std::vector<inspect::FieldText> seed = {};
  // Fields of the same merge group that typing sets too (an area that is typed is an entered one).
  std::vector<inspect::FieldText> also = {};
};

// What belongs to the window and not to the records: lost with it.
enum class Slot : std::uint8_t {
  search,
  place_tab,
  paper_kind,
  every_verdict,
  visit_tab,
  checklist,
  only_gaps,
  replay_path,
  replay_speed,
  average_until,  // "": until it is taken; "60s"; "2m"
  point_label,
  point_purpose,
  point_unit,
  photo_path,
  photo_folder,
  photo_clock,  // seconds that the camera is behind
  photo_visit,  // "": this visit; "time": that under way when each was taken
  report_path,
  visit_kind,
  is_example,
  place_kind,
  place_name,
  unit_name,
  unit_area,
  void_reason,
  county_url,
  county_code,
  person_code,
  chosen_person,
  pin,
  new_pin,
  new_pin_again,
  bundle_path,
  explained_rule,  // whose explanation is open
  area_kind,
  area_label,
  marker_corner,  // "": the nearest; else the boundary, a blank, the corner
  marker_note,
  green_tier,
  green_reason,
  green_by,
  green_part,  // of the page of green mines
  green_item,  // the number of the item that is entered
  green_marks,
  green_evidence,
  only_open_items,
  green_step,
  green_step_on,
  green_step_by,
  green_document,
  green_result,
  green_team,
  green_intermediate,
  green_senior,
  green_leader,
  table_kind,  // of the page of tables
  table_path,
  table_sheet,
  table_year,
  table_differences,  // "": stop; "keep"; "replace"
  table_label,
  table_source,
  table_is_invented,
  template_path,
  county_tab,
  count,
};

enum class Command : std::uint8_t {
  open_page,  // detail: "places", "county", "tables", "disputes", "sync"
  open_place,
  open_visit,
  ask_visit,
  start_visit,
  ask_place,
  add_place,
  ask_unit,
  add_unit,
  act,  // detail: the id of an action of app/inspect, on `subject`
  ask_void,
  void_record,
  close_dialog,
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
  measure_unit,
  use_example_photo,
  add_photo,
  import_photos,
  save_report,
  sync,
  enrol,
  settle,  // detail: the dispute's id, a blank, the operation's
  ask_person,
  choose_person,
  ask_pin,
  change_pin,
  unlock,
  enrol_person,
  write_bundle,
  read_bundle,
  explain_rule,  // detail: its id; once more closes it
  start_walk,
  finish_walk,
  finish_points,
  drop_walk,
  record_marker,     // detail: state, boundary, corner, "measured" or "unmeasured", with blanks between
  begin_assessment,  // detail: the index's id, of the mine `subject`
  set_tier,
  choose_item,  // detail: its number, of the assessment `subject`
  enter_item,   // detail: what is entered: nothing for the marks that are typed, "na", "yes", "no", "clear"
  add_step,
  try_table,
  enter_table,
  write_template,
};

struct Press {
  Command command = Command::close_dialog;
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
  Slot slot = Slot::search;
  std::string text;
};
using Intent = std::variant<Press, Type, Leave, Choose, Write>;

struct Badge {
  std::string word;
  Tone tone = Tone::muted;
};

struct Button {
  std::string name;
  std::string label;
  Press press;
  Tone tone = Tone::plain;
  bool enabled = true;
  std::string hint = {};
};

struct Option {
  std::string key;   // of the control's name
  std::string text;  // what choosing it means; usually the key
  std::string label;
  Tone tone = Tone::accent;
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
  Slot slot = Slot::search;
  std::string hint = {};
  bool is_secret = false;  // dots are shown
};

struct SlotChoice {
  std::string name;
  std::string label;
  std::vector<Option> options;
  std::optional<std::size_t> chosen;
  Slot slot = Slot::search;
};

struct SlotCheck {
  std::string name;
  std::string label;
  bool checked = false;
  Slot slot = Slot::search;
};

// Something known: its label, its value, and what must be known about the value.
struct Fact {
  std::string label;
  std::string value;
  std::string note = {};
  Tone tone = Tone::plain;
};

// A line of a list that opens something.
struct Row {
  std::string name;
  std::string title;
  std::string detail;
  Badge badge = {};
  Press press = {};
  bool selected = false;
};

}  // namespace kuangxun::screens
