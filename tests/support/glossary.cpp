#include "tests/support/glossary.h"

#include <cctype>
#include <cstdlib>

#include "db/base/csv.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_same(char written, char refused) {
  if (refused == '#') return std::isdigit(static_cast<unsigned char>(written)) != 0;
  return std::tolower(static_cast<unsigned char>(written)) == std::tolower(static_cast<unsigned char>(refused));
}

// "patch" is found in "Patches", not in "dispatch".
bool holds(std::string_view text, std::string_view refused) {
  for (std::size_t at = 0; at + refused.size() <= text.size(); ++at) {
    if (at > 0 && is_letter(text[at - 1]) && is_letter(refused.front())) continue;
    std::size_t same = 0;
    while (same < refused.size() && is_same(text[at + same], refused[same])) ++same;
    if (same == refused.size()) return true;
  }
  return false;
}

}  // namespace

const Glossary& Glossary::shared() {
  static const Glossary read = [] {
    Glossary glossary;
    const auto table = CsvTable::read(source_folder() + "/tests/db/language/glossary.csv");
    if (!table.ok()) std::abort();
    for (std::size_t row = 0; row < table->row_count(); ++row) {
      const auto cell = [&](std::string_view column) { return std::string(table->cell(row, column)); };
      glossary.words_.push_back(
          {cell("refused"), cell("instead"), cell("except"), cell("language"), cell("where") == "paper"});
    }
    return glossary;
  }();
  return read;
}

std::string Glossary::held_by(std::string_view text, std::string_view language, Where where) const {
  std::string held;
  for (const Word& word : words_) {
    if (word.language != language || (word.is_for_paper && where != Where::paper)) continue;
    std::string rest(text);
    for (std::size_t at = rest.find(word.except); !word.except.empty() && at != std::string::npos;
         at = rest.find(word.except, at))
      rest.erase(at, word.except.size());
    if (holds(rest, word.refused)) held += word.refused + " → " + word.instead + "; ";
  }
  return held;
}

}  // namespace kuangxun::tests
