#pragma once

#include "app/pages/context.h"
#include "app/screens/control.h"

// The view-models: plain values, everything already in words. A screen draws them and decides nothing.
namespace kuangxun::screens {

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

// The trees are good until the next view.
struct DialogView {
  std::string title;
  const blocks::Blocks* page = nullptr;
};

using pages::Message;

// `registered`: one of app/pages.
enum class Page : std::uint8_t { visit, registered };

struct View {
  Page page = Page::registered;
  std::vector<Button> pages;
  std::size_t current_page = 0;
  std::string standing;  // what is not at the county yet
  Button person;         // who acts; opens the choice of another
  std::vector<std::string> warnings;
  std::optional<Message> message;
  std::optional<DialogView> dialog;
  // What goes on beside the person, above every page; good until the next view.
  blocks::Blocks running;
  std::optional<VisitView> visit;
  // Of a registered page; good until the next view.
  const blocks::Blocks* page_blocks = nullptr;
  // Draw again after this time: an age in seconds moves on.
  std::optional<int> wake_after_ms;
};

}  // namespace kuangxun::screens
