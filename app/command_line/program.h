#pragma once

#include <string>

#include "app/command_line/words.h"

namespace kuangxun::command_line {

// A program as its command line knows it.
struct Program {
  std::string name;        // "kuangxun"
  WordList words;          // what goes with every command
  std::string beside_all;  // below the help of each command
  bool needs_command = true;
};

}  // namespace kuangxun::command_line
