#pragma once

#include "app/pages/context.h"
#include "app/screens/control.h"

// The view-models: plain values, everything already in words. A screen draws them and decides nothing.
namespace kuangxun::screens {

struct PlacesView {
  SlotText search;
  std::vector<Row> under_way;  // visits that have not ended
  std::vector<Row> places;
  std::string count;
  Button add;
};

// One question of a precondition: yes or no, or a figure.
struct GreenQuestion {
  std::string text;
  std::string where;  // to get it; only while it is open
  std::optional<ChoiceEntry> answer;
  std::optional<TextEntry> figure;
};

struct GreenPrecondition {
  std::string title;
  Badge verdict;
  std::vector<GreenQuestion> questions;
};

// The items of an assessment, and the form that enters the chosen one.
struct GreenItemsView {
  std::string standing;  // how many are entered
  SlotCheck only_open;
  std::vector<Row> rows;
  std::optional<SlotText> number;  // where there is no table to choose from
  std::string title;               // of the chosen item; empty: none is chosen
  std::vector<std::string> notes;  // how it is marked, what proves it
  SlotText marks;
  SlotText evidence;
  std::vector<Button> buttons;
};

// What the office sets for an assessment: its table, the lines, how items that do not apply are treated.
struct GreenSettingsView {
  std::vector<ChoiceEntry> choices;
  std::vector<TextEntry> entries;
};

struct GreenStepView {
  Fact fact;
  Button void_it;
};

// The form of a new step.
struct GreenStepForm {
  SlotChoice step;
  std::vector<SlotText> entries;
  std::vector<SlotText> team;  // of a third party
  std::optional<SlotChoice> leader;
  Button add;
};

// Which items would lift the mine over its lines at least effort.
struct GreenWhatIfView {
  std::string summary;
  std::vector<Fact> items;
  std::vector<std::string> notes;
};

// A mine as a green one: what a person decided, its newest assessment, the earlier ones.
struct GreenView {
  SlotChoice parts;         // which of the parts below is looked at
  std::vector<Fact> tiers;  // the newest first
  SlotChoice tier;
  SlotText reason;
  SlotText by;
  Button set_tier;
  std::vector<Button> begin;
  std::string title;  // of the newest assessment; empty: there is none
  std::vector<std::string> notes;
  std::vector<Fact> facts;
  std::vector<GreenPrecondition> preconditions;
  GreenItemsView items;
  GreenSettingsView settings;
  std::vector<Fact> sums;
  std::vector<std::string> no_total;
  std::optional<GreenWhatIfView> what_if;
  std::vector<GreenStepView> steps;
  GreenStepForm step_form;
  std::optional<Button> void_it;
  std::vector<Fact> earlier;
  // A part that is a page of its own (Where::green of app/pages); null: one of those here. Good until the next view.
  const blocks::Blocks* page = nullptr;
  std::string advice;
};

struct PlaceView {
  std::string title;
  std::string kind;
  std::vector<Badge> badges;
  Button start_visit;
  SlotChoice tabs;
  std::vector<std::string> notes;  // contradictions of the plan's text, other people's unsettled values
  // What the tab shows (app/pages/place); null: `green`. Good until the next view.
  const blocks::Blocks* page = nullptr;
  // Tab "green", of mining rights.
  std::optional<GreenView> green;
};

struct ReceiverView {
  SlotText path;
  std::vector<Button> examples;
  SlotChoice speed;
  SlotChoice average_until;
  Button start;
  Button stop;
  bool is_running = false;
  std::vector<Fact> facts;
  Badge gate;
  std::string gate_reason;
  SlotChoice purpose;
  SlotChoice unit;
  SlotText label;
  std::vector<Button> buttons;
};

struct PointView {
  std::string title;
  std::string position;
  std::string quality;
  std::string boundary;            // how it stands to the place's line; empty: there is none
  std::string elevation;           // and to its elevations
  std::string orientation;         // in which county, about; never a verdict
  std::vector<TextEntry> entries;  // of a benchmark: the height that is known
  std::string standing;
  Button void_it;
};

// An area that is being walked round.
struct AreaRecorderView {
  SlotChoice kind;
  SlotText label;
  std::vector<Fact> facts;  // while walking
  std::vector<Button> buttons;
};

struct AreaView {
  std::string title;
  std::string figures;
  Badge verdict;
  std::string words;     // how it stands to the place's line
  std::string standing;  // voided why, added after the signing
  Button void_it;
};

// Corner markers of the visited place.
struct MarkerView {
  std::string text;
  std::string standing;  // voided why, added after the signing
  Button void_it;
};

struct MarkersView {
  SlotChoice corner;
  std::vector<Fact> facts;  // the way there, and what was seen before
  SlotText note;
  std::vector<Button> buttons;
  std::string hint;  // what they will record
  std::vector<MarkerView> recorded;
};

struct VisitView {
  std::string title;
  std::vector<Badge> badges;
  Button back;
  SlotChoice tabs;
  std::vector<std::string> notes;
  // What the tab shows (app/pages/visit); null: the positions below. Good until the next view.
  const blocks::Blocks* page = nullptr;
  // Tab "positions".
  ReceiverView receiver;
  std::vector<PointView> points;
  AreaRecorderView area_recorder;
  std::vector<AreaView> areas;
  std::optional<MarkersView> markers;  // where the place has corners
};

// A person of this laptop.
struct PersonView {
  std::string name;
  std::string detail;
  Badge badge;
};

struct SyncView {
  std::vector<std::string> notes;  // what must not be overlooked: news of the last sync
  std::vector<Fact> county;
  SlotText url;
  SlotText code;
  Button enrol;
  bool is_enrolled = false;
  Button sync;
  // By stick.
  SlotText bundle_path;
  Button write_bundle;
  Button read_bundle;
  std::vector<Fact> laptop;
  std::vector<Fact> last;
  std::vector<Row> visits;
  std::vector<Fact> hidden;  // what the county hides, and why
  // The people of this laptop.
  std::vector<PersonView> people;
  std::string no_people;
  SlotText person_code;
  SlotText new_pin;
  SlotText new_pin_again;
  Button enrol_person;
  Button change_pin;
};

struct DialogView {
  std::string title;
  std::vector<std::string> texts;
  std::vector<SlotChoice> choices;
  std::vector<SlotText> entries;
  std::vector<SlotCheck> checks;
  std::optional<Button> confirm;
  std::optional<Button> cancel;
  std::string problem = {};  // why it did not go
};

using pages::Message;

// `registered`: one of app/pages.
enum class Page : std::uint8_t { places, visit, sync, registered };

struct View {
  Page page = Page::places;
  std::vector<Button> pages;
  std::size_t current_page = 0;
  std::string standing;  // what is not at the county yet
  Button person;         // who acts; opens the choice of another
  std::vector<std::string> warnings;
  std::optional<Message> message;
  std::optional<DialogView> dialog;
  // What goes on beside the person, above every page; good until the next view.
  blocks::Blocks running;
  PlacesView places;
  std::optional<PlaceView> place;
  std::optional<VisitView> visit;
  SyncView sync;
  // Of a registered page; good until the next view.
  const blocks::Blocks* page_blocks = nullptr;
  // Draw again after this time: an age in seconds moves on.
  std::optional<int> wake_after_ms;
};

}  // namespace kuangxun::screens
