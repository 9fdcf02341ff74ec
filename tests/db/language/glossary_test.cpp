#include "tests/support/glossary.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "db/base/csv.h"
#include "db/base/files.h"
#include "tests/db/language/po_file.h"
#include "tests/support/where.h"

// One word for each thing, in what the program says and in the data that people see. Laws, the plan and official forms
// are quoted as they are; a retired question stands as it was answered.
using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Where = Glossary::Where;

std::string text_of(const std::filesystem::path& path) {
  auto text = read_text_file(path, 1 << 22);
  REQUIRE_MESSAGE(text.ok(), path.string());
  return std::move(*text);
}

// What the sources of these folders say.
std::set<std::pair<std::string, std::string>> said_by(std::initializer_list<const char*> folders) {
  std::set<std::pair<std::string, std::string>> said;  // context and English
  for (const char* folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() + "/" + folder)) {
      if (entry.path().extension() != ".cpp") continue;
      for (const PoEntry& message :
           messages_in(text_of(entry.path()), {{"say", 0}, {"say_text", 0}, {"say_with", 0}, {"phrase", 0}}))
        said.emplace(message.context, message.english);
    }
  }
  return said;
}

// The language of a column that people see; empty for codes, numbers and what is quoted.
std::string language_of(std::string_view column) {
  for (const auto* quoted : {"document_", "legal_", "consequence_", "text_"}) {
    if (column.starts_with(quoted)) return {};
  }
  if (column.ends_with("_zh") || column.ends_with("chinese")) return "zh";
  if (column.ends_with("_en") || column.ends_with("english")) return "en";
  return column == "choices" ? "both" : "";
}

// Whether the column stands on a paper: questions and choices, and what is said of a rule.
bool is_printed(const std::filesystem::path& file, std::string_view column) {
  const std::string folder = file.parent_path().filename().string();
  if (folder == "checklists")
    return column.starts_with("question_") || column.starts_with("title_") || column == "choices";
  return folder == "criteria" && file.filename() != "normative-sentences.csv";
}

}  // namespace

TEST_CASE("a refused word is found, but not inside one that may have it") {
  const Glossary& glossary = Glossary::shared();
  REQUIRE(glossary.size() > 45);
  CHECK(glossary.held_by("县里还没有", "zh") != "");
  CHECK(glossary.held_by("本次检查项目", "zh") == "");
  CHECK(glossary.held_by("没有", "zh") == "");
  CHECK(glossary.held_by("没有", "zh", Where::paper) != "");
  CHECK(glossary.held_by("见 R05", "zh", Where::paper) != "");
  CHECK(glossary.held_by("Patches of land", "en") != "");
  CHECK(glossary.held_by("dispatched with remarks", "en") == "");
}

TEST_CASE("one word for each thing in all that the program says") {
  const Glossary& glossary = Glossary::shared();
  for (const PoEntry& entry : read_po(text_of(source_folder() + "/assets/languages/zh.po"))) {
    const std::string held = glossary.held_by(entry.words, "zh") + glossary.held_by(entry.english, "en");
    CHECK_MESSAGE(held.empty(), entry.english, " | ", entry.words, ": ", held);
  }
}

TEST_CASE("what a paper says has no word that would be read against whoever signs it") {
  const auto printed = said_by({"app/report", "app/facts", "app/licence"});
  CHECK(printed.size() > 200);
  for (const PoEntry& entry : read_po(text_of(source_folder() + "/assets/languages/zh.po"))) {
    if (!printed.contains({entry.context, entry.english})) continue;
    const std::string held = Glossary::shared().held_by(entry.words, "zh", Where::paper);
    CHECK_MESSAGE(held.empty(), entry.english, " | ", entry.words, ": ", held);
  }
}

TEST_CASE("one word for each thing in the checklists, the rules, the facts and the indexes of green mines") {
  std::size_t cells = 0;
  for (const char* folder : {"checklists", "criteria", "green"}) {
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() + "/assets/" + folder)) {
      if (entry.path().extension() != ".csv") continue;
      const auto table = CsvTable::read(entry.path());
      REQUIRE_MESSAGE(table.ok(), table.error().message());
      for (std::size_t row = 0; row < table->row_count(); ++row) {
        if (!table->cell(row, "replaced_by").empty()) continue;
        for (const std::string& column : table->header()) {
          const std::string language = language_of(column);
          if (language.empty()) continue;
          ++cells;
          const std::string_view text = table->cell(row, column);
          const Where where = is_printed(entry.path(), column) ? Where::paper : Where::anywhere;
          std::string held;
          if (language != "en") held += Glossary::shared().held_by(text, "zh", where);
          if (language != "zh") held += Glossary::shared().held_by(text, "en", where);
          CHECK_MESSAGE(held.empty(), entry.path().filename().string(), " line ", table->line(row), " ", column, ": ",
                        held, text);
        }
      }
    }
  }
  CHECK(cells > 3000);
}
