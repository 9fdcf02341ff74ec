#pragma once

#include <string>
#include <string_view>

namespace kuangxun {

enum class Language { chinese, english };

// The language people are spoken to in. Set once at start, before any thread; Chinese unless told.
void set_language(Language language);
Language language();

// Both languages stand beside each other where they are used, so that neither can be forgotten.
std::string_view say(std::string_view chinese, std::string_view english);
std::string say_text(std::string_view chinese, std::string_view english);

// Replaces {0}, {1}, ... in say(chinese, english) with the arguments, in the order each language
// wants.
std::string say_with(std::string_view chinese, std::string_view english,
                     std::initializer_list<std::string_view> arguments);

}  // namespace kuangxun
