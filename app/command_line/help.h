#pragma once

#include "app/command_line/command.h"
#include "app/command_line/program.h"

// For this folder only.
namespace kuangxun::command_line {

// One command's help, or without `command` the program's: usage, arguments, options, the commands below it. Chinese
// characters are counted as two columns.
std::string help_text(const Program& program, std::string_view command, const WordList& words);

// The commands directly below: of "gps" those of two words that begin so, of "" those of one.
std::vector<const Entry*> commands_below(std::string_view command);
std::string_view last_word(std::string_view words);

}  // namespace kuangxun::command_line
