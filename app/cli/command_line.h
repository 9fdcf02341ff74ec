#pragma once

#include <ostream>

#include "app/cli/ports.h"

namespace kuangxun::cli {

// `kuangxun [--data DIR] [--lang zh|en] [--person ID] [COMMAND]`: reads the words, does the command, gives the exit
// code: 0 done, 1 the answer is no, 2 wrong use, 3 bad input and nothing changed, 4 could not. Errors are one line on
// `err`: what, where, what to do. Sets the language of the process. Without a command, the window.
int run_command_line(int count, const char* const* words, const Ports& ports, std::ostream& out, std::ostream& err);

// Where data are kept when --data is not given: $XDG_DATA_HOME/kuangxun, else ~/.local/share/kuangxun.
std::filesystem::path default_data_folder();

}  // namespace kuangxun::cli
