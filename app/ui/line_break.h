#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::ui {

// Cuts text into lines of at most `width`, as Chinese is set: between any two ideographs, never inside a Latin word or
// number, never before a closing mark (，。）》) and never after an opening one (（《“). A word wider than a line is
// cut. ImGui breaks only at blanks, which tears Chinese paragraphs apart. `advance` gives a character's width.
std::vector<std::string_view> break_lines(std::string_view text, float width,
                                          const std::function<float(char32_t)>& advance);

// The text if it fits, else as much of it as fits before "…".
std::string elide(std::string_view text, float width, const std::function<float(char32_t)>& advance);

}  // namespace kuangxun::ui
