#pragma once

#include <string>
#include <vector>

#include "app/screens/control.h"

namespace kuangxun::screens {

// What the last reading of a table came to.
struct TableReport {
  std::string file;
  std::string summary;
  Tone tone = Tone::plain;
  std::vector<std::string> notes;
  std::vector<Fact> differences;
};

// "items-" before the id of an index: its item table; everything else is a word of intake::table_kinds().
constexpr std::string_view item_table_prefix = "items-";

}  // namespace kuangxun::screens
