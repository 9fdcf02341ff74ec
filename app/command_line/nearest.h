#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/language/words.h"

namespace kuangxun::command_line {

// The one of `names` that was probably meant by `typed`: at most one slip in five characters or fewer, two in more,
// where a slip is a letter too many, missing, another, or two exchanged. Empty when none is near or two are as near.
std::string nearest(std::string_view typed, const std::vector<std::string>& names);
// "; did you mean NAME?", for the end of a message.
Words proposed(const std::string& name);

}  // namespace kuangxun::command_line
