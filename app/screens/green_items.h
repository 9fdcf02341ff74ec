#pragma once

#include "app/screens/making.h"

// For this folder: the forms of an assessment of a green mine.
namespace kuangxun::screens {

// The next item of the table, after this one and then from the first, that is not entered.
std::optional<std::string> next_open_item(const green::Assessment& assessment, std::string_view after);

// What the form of a step comes to: what is typed, else today and who acts.
struct GreenStepWords {
  std::string step;  // its code; empty: none is chosen
  std::string done_on;
  std::string done_by;
  bool is_third_party() const { return step == "third-party"; }
};
GreenStepWords step_words(const Making& making);

Status add_items(const Making& making, const green::Assessment& assessment, GreenView& view);
Status add_settings(const Making& making, const green::Assessment& assessment, GreenView& view);
void add_step_form(const Making& making, const green::Assessment& assessment, GreenView& view);
void add_what_if(const GreenKnown& known, GreenView& view);

}  // namespace kuangxun::screens
