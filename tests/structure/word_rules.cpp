#include <regex>

#include "tests/structure/rules.h"
#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

struct Word {
  std::regex pattern;
  std::string_view instead;
};

// Spelled so that this file does not find itself.
const std::vector<Word>& words_nowhere() {
  static const std::vector<Word> words = {
      {std::regex("\\b(TO"
                  "DO|FIX"
                  "ME|XX"
                  "X)\\b"),
       "an unfinished mark: finish it, or open an issue"},
      {std::regex("(^|[\"'\\s=(])/(ho"
                  "me|ro"
                  "ot|wo"
                  "rk|Us"
                  "ers)/"),
       "a path of one machine"},
  };
  return words;
}

const std::vector<Word>& words_outside_base() {
  static const std::vector<Word> words = {
      {std::regex(R"(\bsystem_clock\b)"), "the time comes from the Clock of db/base/clock.h"},
      {std::regex(R"(\b(random_device|srand)\b)"), "chance comes from the Random of db/base/random.h"},
  };
  return words;
}

void check_file(const TextFile& file, const std::vector<Word>& words, Findings& findings) {
  const std::vector<std::string> lines = split_lines(file.text);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    for (const Word& word : words) {
      std::smatch match;
      if (std::regex_search(lines[at], match, word.pattern)) {
        findings.push_back({file.path + ":" + std::to_string(at + 1), match.str() + ": " + std::string(word.instead)});
      }
    }
  }
}

}  // namespace

Findings check_words(const Tree& tree) {
  Findings findings;
  for (const TextFile& file : tree.sources()) {
    check_file(file, words_nowhere(), findings);
    if (is_product(file.path) && file.folder() != "db/base") check_file(file, words_outside_base(), findings);
  }
  for (const TextFile& file : tree.other_texts()) check_file(file, words_nowhere(), findings);
  return findings;
}

}  // namespace kuangxun::structure
