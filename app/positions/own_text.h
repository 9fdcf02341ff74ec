#pragma once

#include "app/pages/fields.h"
#include "db/language/language.h"

namespace kuangxun::positions {

// A text of the part's own on which nothing else on the page depends, and which may stay empty: a character typed into
// it makes nothing anew.
inline blocks::Entry own_text(std::string& text, std::string name, std::string label) {
  blocks::Entry entry = pages::own_entry(text, std::move(name), std::move(label), say_text("may stay empty"));
  entry.problem_after = [] { return std::string(); };
  return entry;
}

}  // namespace kuangxun::positions
