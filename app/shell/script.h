#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/base/result.h"

namespace kuangxun::shell {

enum class ScriptVerb {
  press,       // press NAME: the left button where a person would press, after scrolling there
  type,        // type NAME TEXT: press the field, then text as an input method commits it
  clear,       // clear NAME: press the field, Control+A, Delete
  choose,      // choose NAME KEY: press NAME, then NAME.KEY in the list that opens
  compose,     // compose TEXT: the input method is composing this (nothing ends it)
  key,         // key Control+S
  wait,        // wait TEXT: until a frame shows it
  gone,        // gone TEXT: until no frame shows it
  see,         // see NAME: until a control of that name is there and can be pressed
  timeout,     // timeout SECONDS: how long the lines below may wait (10 at first)
  idle,        // idle MILLISECONDS: lets time pass
  screenshot,  // screenshot FILE.png
  dump,        // dump FILE: all texts and control names of the last frame
  quit,        // quit: as if the person closed the window
};

struct ScriptLine {
  int number = 0;
  ScriptVerb verb = ScriptVerb::quit;
  std::string name;  // of a control; empty for verbs without one
  std::string text;  // the rest of the line
};

// One command a line; empty lines and lines that start with # are skipped. bad_input names the line.
Result<std::vector<ScriptLine>> parse_script(std::string_view text);

}  // namespace kuangxun::shell
