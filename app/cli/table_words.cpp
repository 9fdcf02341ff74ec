#include "app/cli/table_words.h"

#include "app/intake/table_import.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

std::vector<std::string> table_words() {
  std::vector<std::string> words;
  for (const intake::TableKind& kind : intake::table_kinds()) words.emplace_back(kind.word);
  return words;
}

std::string tables_list() {
  std::string text = say_text("Tables:");
  for (const intake::TableKind& kind : intake::table_kinds()) {
    text += "\n  " + std::string(kind.word) + std::string(14 - kind.word.size(), ' ') +
            std::string(records::kind_of(kind.kind).label());
  }
  return text;
}

}  // namespace

void take_table_words(command_line::WordList& words, std::string& table, std::string& year) {
  words.argument("TABLE", table, say_text("which table, see below")).one_of(table_words());
  words.option("--year", "YEAR", year, say_text("the year, where the table has no such column"));
  words.more(tables_list());
}

}  // namespace kuangxun::cli
