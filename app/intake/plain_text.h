#pragma once

#include <string>
#include <string_view>

// For this folder only: what Chinese input methods and spreadsheets make of letters and digits.
namespace kuangxun::intake {

// Full-width letters, digits and signs as ASCII; other blanks as one; otherwise as it was, without blanks at the ends.
std::string plain(std::string_view text);
// The same without any blank, in lower case: for comparing names and headings.
std::string folded(std::string_view text);

}  // namespace kuangxun::intake
