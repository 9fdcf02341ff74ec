#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "db/base/result.h"

// What a page consists of: a tree of plain values, everything already in words, beside each control what it does. A
// page makes the tree; whoever draws it (app/ui with Dear ImGui, app/html as text) decides nothing and knows no page.
// Names of controls are stable and never translated, so that scripts and tests press them by name; within a page each
// is there once.
//
// The handlers in a tree belong to the page that made it, borrow it, and are called on the thread that made it. A tree
// may be copied; its handlers work as long as the page lives.
namespace kuangxun::blocks {

// What a colour says; never the colour alone.
enum class Tone : std::uint8_t { plain, good, bad, unsure, muted, accent };

using Handler = std::function<Status()>;
using TextHandler = std::function<Status(const std::string&)>;

// Words that break into lines.
struct Text {
  std::string words;
  Tone tone = Tone::plain;
};

// A title on one line.
struct Heading {
  std::string words;
};

// What must not be overlooked: a box over the whole width.
struct Notice {
  std::string words;
  Tone tone = Tone::unsure;
};

// A word in a coloured box: a verdict, a state. Nothing where the word is empty.
struct Badge {
  std::string word;
  Tone tone = Tone::muted;
};

// Something known: its label, its value, and what must be known about the value.
struct Fact {
  std::string label;
  std::string value;
  std::string note = {};
  Tone tone = Tone::plain;
};

// A line across, between two things of a list.
struct Divider {};

struct Button {
  std::string name;
  std::string label;
  Handler press;
  Tone tone = Tone::plain;
  bool enabled = true;
  std::string hint = {};  // why it is not enabled, or what it will do
};

// Text that a person types.
struct Entry {
  std::string name;
  std::string label;
  std::string text;
  TextHandler write;   // with each character
  Handler leave = {};  // when the field is left; may be empty
  std::string hint = {};
  std::string problem = {};  // why the text cannot be entered; stands below
  bool enabled = true;
  bool is_secret = false;  // dots are shown
  int lines = 1;
  bool is_wide = true;  // else about as wide as a path
  // Where it is there, writing changes nothing of the page but this text and the problem that it tells, and the tree is
  // not made again for each character.
  std::function<std::string()> problem_after = {};
};

struct Option {
  std::string key;   // of the control's name: NAME.KEY
  std::string text;  // what the handler gets; usually the key
  std::string label;
  Tone tone = Tone::accent;  // when chosen
};

// One of several; nothing is drawn where there are none.
struct Choice {
  enum class Look : std::uint8_t { buttons, list, tabs };
  std::string name;
  std::string label;
  std::vector<Option> options;
  std::optional<std::size_t> chosen;
  TextHandler choose;
  Look look = Look::buttons;
  bool enabled = true;
};

struct Check {
  std::string name;
  std::string label;
  bool is_on = false;
  std::function<Status(bool)> turn;
};

// A line of a list that opens something.
struct Row {
  std::string name;
  std::string title;
  std::string detail;
  Badge badge = {};
  Handler press = {};
  bool is_selected = false;
};

struct Block;
using Blocks = std::vector<Block>;

// A part of a page with a title above it.
struct Section {
  std::string title;
  Blocks blocks;
};

// Small things beside each other on one line.
struct Line {
  Blocks blocks;
};

// In a line: what follows, buttons only, stands at its right end, and the words before give way.
struct Gap {};

// Equal columns, filled from the left, as many lines as it takes. A cell may be a Stack.
struct Columns {
  std::string name;  // told apart from other columns of the page by it
  int count = 1;
  Blocks cells;
};

// Things one below the other as one thing, where a cell is wanted.
struct Stack {
  Blocks blocks;
  // Where it is there, the stack is live: it tells what moves on although nobody did anything (an age, a distance), and
  // this gives its blocks anew. It must cost little; the rest of the page stays as it is meanwhile.
  std::function<Blocks()> remake = {};
};

// A part that scrolls on its own and takes the room that is left.
struct Pane {
  std::string name;  // where it is scrolled to is kept by it
  Blocks blocks;
  bool has_frame = true;
};

// Panes beside each other: a list on the left of what is chosen in it, or parts of equal width on a page that scrolls.
struct Panes {
  enum class Look : std::uint8_t { list_and_page, equal_parts };
  Blocks cells;  // each a Pane
  Look look = Look::list_and_page;
};

// What another page shows here. Its tree belongs to whoever made it and changes in place, so that nothing of the page
// around it is made anew with it.
struct Inset {
  std::shared_ptr<Blocks> tree;
};

struct Block {
  std::variant<Text, Heading, Notice, Badge, Fact, Divider, Button, Entry, Choice, Check, Row, Section, Line, Columns,
               Stack, Gap, Pane, Panes, Inset>
      shape;
};

// Adds one thing at the end: blocks += Text{...}.
template <class Shape>
Blocks& operator+=(Blocks& blocks, Shape shape) {
  blocks.push_back({std::move(shape)});
  return blocks;
}

}  // namespace kuangxun::blocks
