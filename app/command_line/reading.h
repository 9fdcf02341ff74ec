#pragma once

#include <functional>
#include <optional>

#include "app/command_line/command.h"
#include "app/command_line/program.h"

namespace kuangxun::command_line {

struct Typed {
  std::string name;                  // of the command, "gps watch"; empty when none was typed
  std::unique_ptr<Command> command;  // its words are in it
  std::optional<std::string> help;   // when it was asked for; nothing else counts then
};

// Chooses the language of --lang, which must be known before anything is described. Nothing happens when there is none.
void choose_language(int count, const char* const* words);

// Takes apart what was typed; count and words as main has them. usage, with a finished message, when it is wrong.
Result<Typed> read(Program& program, int count, const char* const* words);

// What an error is to a script: 2 wrong use, 3 bad input and nothing changed, 4 could not.
int exit_code_of(ErrorCode code);
constexpr int exit_done = 0;
constexpr int exit_answer_is_no = 1;
constexpr int exit_wrong_use = 2;
constexpr int exit_bad_input = 3;
constexpr int exit_could_not = 4;

}  // namespace kuangxun::command_line
