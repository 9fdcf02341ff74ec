#include <algorithm>

#include "tests/structure/rules.h"
#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

constexpr std::size_t file_lines_max = 500;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t line_characters_max = 120;

// Characters, not bytes: a Chinese one is three bytes of UTF-8.
std::size_t count_characters(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

void check_file(const TextFile& file, Findings& findings) {
  const std::vector<std::string> lines = split_lines(file.text);
  if (lines.size() > file_lines_max) {
    findings.push_back({file.path, std::to_string(lines.size()) + " lines: split it by idea"});
  }
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const std::size_t characters = count_characters(lines[at]);
    if (characters > line_characters_max) {
      findings.push_back({file.path + ":" + std::to_string(at + 1), std::to_string(characters) + " characters"});
    }
  }
}

}  // namespace

Findings check_sizes(const Tree& tree) {
  Findings findings;
  for (const TextFile& file : tree.sources()) {
    check_file(file, findings);
    for (const FunctionExtent& function : find_functions(file.text)) {
      const std::size_t lines = function.last_line - function.first_line + 1;
      if (lines > function_lines_max) {
        findings.push_back({file.path + ":" + std::to_string(function.first_line),
                            "a function of " + std::to_string(lines) + " lines: split it"});
      }
    }
  }
  for (const TextFile& file : tree.other_texts()) {
    // A document's paragraphs and tables, and a data file's rows, are as long as they are.
    if (!file.path.ends_with(".md") && !file.path.ends_with(".json")) check_file(file, findings);
  }
  return findings;
}

}  // namespace kuangxun::structure
