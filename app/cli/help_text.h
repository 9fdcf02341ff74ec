#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

// For this folder only: CLI11's own words are English and its columns count bytes.
namespace kuangxun::cli {

// Help in the language of the day, Chinese characters counted as two columns.
std::shared_ptr<CLI::FormatterBase> make_help_formatter();

// What is wrong with the words that were typed, and what to type instead.
std::string words_of(const CLI::ParseError& error);

}  // namespace kuangxun::cli
