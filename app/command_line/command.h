#pragma once

#include "app/command_line/words.h"

namespace kuangxun::command_line {

// One command of a program, made anew each time it is typed or helped: what was typed lies in its members. The program
// derives its own, with what runs it.
class Command {
 public:
  virtual ~Command() = default;
  // What it is about, and its words.
  virtual void describe(WordList& words) = 0;
  // Only a heading for other commands.
  virtual bool is_group() const { return false; }
};

// "gps" of "gps watch".
class Group : public Command {
 public:
  bool is_group() const final { return true; }
};

struct Entry {
  std::string_view words;  // "gps watch"; never changed, never translated
  int order = 0;           // among those beside it in help; leave room
  std::unique_ptr<Command> (*make)() = nullptr;
};

// All that are linked into this program, by their order.
const std::vector<Entry>& registered_commands();

void register_command(const Entry& entry);

// A command makes itself known by one of these at the end of its file.
template <std::derived_from<Command> OneCommand>
class Registered {
 public:
  Registered(std::string_view words, int order) {
    register_command({words, order, []() -> std::unique_ptr<Command> { return std::make_unique<OneCommand>(); }});
  }
};

}  // namespace kuangxun::command_line
