#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kuangxun {

// Valid UTF-8 without NUL, overlong forms, surrogates or code points past U+10FFFF.
bool is_clean_utf8(std::string_view text);
// The number of code points of clean UTF-8.
std::size_t count_code_points(std::string_view text);
// The code points of clean UTF-8.
std::u32string code_points(std::string_view text);
// The first `count` code points; never cuts inside one.
std::string_view first_code_points(std::string_view text, std::size_t count);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
// `from` is not empty.
std::string replace_all(std::string text, std::string_view from, std::string_view to);
// The beginning of a stranger's text for a message of one line: at most `count` code points, malformed bytes and
// control characters as U+FFFD.
std::string excerpt(std::string_view text, std::size_t count);
// ASCII only; other bytes stay as they are.
std::string lower_ascii(std::string_view text);

}  // namespace kuangxun
