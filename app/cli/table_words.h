#pragma once

#include "app/command_line/words.h"

// Which table an office means.
namespace kuangxun::cli {

// TABLE, with the list of them below the help, and --year.
void take_table_words(command_line::WordList& words, std::string& table, std::string& year);

}  // namespace kuangxun::cli
