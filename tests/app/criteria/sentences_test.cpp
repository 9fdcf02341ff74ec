#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "db/base/csv.h"
#include "db/base/text.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/where.h"

// Nothing of the plan is left out unsaid: assets/criteria/normative-sentences.csv against the plan's text itself.

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;

namespace {

// Words by which a sentence asks for something. Chinese has no grammar for it, so this is a list: too long rather than
// too short. Every sentence of the plan's prose stands in the table anyway; the words decide which of them may not be
// put aside as a mere statement.
constexpr std::array normative_words = {
    "应",   "须",       "必须", "严禁", "禁止", "不得", "不再", "不低于", "不突破", "控制", "达到",
    "要求", "严格",     "限期", "责令", "需",   "力争", "推进", "推动",   "鼓励",   "完善", "落实",
    "加强", "强化",     "加大", "提高", "提升", "打击", "关停", "淘汰",   "争取",   "开展", "实行",
    "实施", "督导",     "督办", "建立", "引导", "设立", "履行", "确保",   "坚持",   "对标", "配合",
    "注销", "一票否决", "完成", "形成", "编制", "签订", "设置", "限制",   "退出",   "公示", "有偿取得"};

// The first chapter reports what was; from here on the plan asks.
constexpr std::size_t first_line_that_asks = 163;

constexpr std::array answers = {"rule", "workflow", "register", "unchecked", "statement"};

struct Row {
  std::size_t line = 0;
  std::size_t line_to = 0;
  std::string text, what, part, note_zh, note_en, test_file, test_case, state;
  std::vector<std::string> rules;
};

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> parts;
  for (const auto part : split(text, ';')) {
    if (!trim(part).empty()) parts.emplace_back(trim(part));
  }
  return parts;
}

std::vector<Row> read_rows() {
  const auto table = CsvTable::read(tests::assets() / "criteria" / "normative-sentences.csv");
  REQUIRE_MESSAGE(table.ok(), table.error().message());
  std::vector<Row> rows;
  for (std::size_t at = 0; at < table->row_count(); ++at) {
    const auto cell = [&](std::string_view column) { return std::string(table->cell(at, column)); };
    Row row;
    row.line = std::stoul(cell("line"));
    row.line_to = cell("line_to").empty() ? row.line : std::stoul(cell("line_to"));
    row.text = cell("text");
    row.what = cell("what");
    row.rules = listed(cell("rules"));
    row.part = cell("part");
    row.note_zh = cell("note_zh");
    row.note_en = cell("note_en");
    row.test_file = cell("test_file");
    row.test_case = cell("test_case");
    row.state = cell("state");
    rows.push_back(std::move(row));
  }
  return rows;
}

// Without blanks and the marks of the converted text, which scans and spreadsheets treat as they like.
std::string squeezed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '*') result += c;
  }
  return result;
}

// The lines of the plan, from 1; nothing when the text is not beside the checkout.
std::optional<std::vector<std::string>> read_plan(const char* what) {
  const auto folder = std::filesystem::path(source_folder()) / "../shared/seeds";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path());
    std::vector<std::string> lines = {""};
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }
  MESSAGE("SKIPPED, the scanned plan is not beside the checkout (../shared/seeds): ", what);
  return std::nullopt;
}

bool is_normative(std::string_view text) {
  return std::ranges::any_of(normative_words, [&](std::string_view word) { return tests::has(text, word); });
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// What is left of each line when the sentences of its rows are taken away, in order; and what did not stand there.
struct Tiling {
  std::map<std::size_t, std::string> rest;
  std::vector<std::string> strangers;
};

Tiling take_away(const std::vector<std::string>& plan, const std::vector<Row>& rows) {
  Tiling tiling;
  for (std::size_t line = 1; line < plan.size(); ++line) tiling.rest[line] = squeezed(plan[line]);
  for (const auto& row : rows) {
    std::string& rest = tiling.rest[row.line];
    const std::string text = squeezed(row.text);
    const auto found = rest.find(text);
    if (text.empty() || found != 0) {
      tiling.strangers.push_back(std::to_string(row.line) + ": " + row.text);
      continue;
    }
    rest.erase(0, text.size());
    for (std::size_t line = row.line + 1; line <= row.line_to; ++line) tiling.rest[line].clear();
  }
  return tiling;
}

}  // namespace

TEST_CASE("every sentence of the plan stands in the table, word for word and in its order, and nothing else does") {
  const auto plan = read_plan("no sentence left out");
  if (!plan) return;
  const auto rows = read_rows();
  const Tiling tiling = take_away(*plan, rows);
  for (const auto& stranger : tiling.strangers) CHECK_MESSAGE(false, "not on its line, or out of order: " << stranger);
  for (const auto& [line, rest] : tiling.rest) {
    const bool is_heading = rest.starts_with("#");
    CHECK_MESSAGE((rest.empty() || is_heading), "line " << line << " has no row for: " << rest);
  }
  // The table would notice: a sentence taken out of it, or changed in one word.
  auto fewer = rows;
  std::erase_if(fewer, [](const Row& row) { return row.line == 437; });
  CHECK_FALSE(take_away(*plan, fewer).rest[437].empty());
  auto changed = rows;
  std::ranges::find(changed, std::size_t{508}, &Row::line)->text = "本《规划》一经批准，可以修改。";
  CHECK(take_away(*plan, changed).strangers.size() >= 1);
}

TEST_CASE("from the second chapter on, a sentence with a word that asks is a rule, a workflow, or says why not") {
  std::size_t asking = 0;
  for (const auto& row : read_rows()) {
    if (row.line < first_line_that_asks || !is_normative(row.text)) continue;
    ++asking;
    CHECK_MESSAGE(row.what != "statement", row.line << ": " << row.text);
  }
  CHECK(asking > 150);
}

TEST_CASE("each row says what it is, completely: rules, part of the program, or the reason in both languages") {
  for (const auto& row : read_rows()) {
    CAPTURE(row.line);
    CAPTURE(row.text);
    CHECK(std::ranges::find(answers, row.what) != answers.end());
    CHECK(row.line_to >= row.line);
    CHECK(row.note_zh.empty() == row.note_en.empty());
    if (row.what == "rule") CHECK_FALSE(row.rules.empty());
    if (row.what == "workflow" || row.what == "register") {
      CHECK(std::filesystem::is_directory(std::filesystem::path(source_folder()) / row.part));
    }
    if (row.what == "unchecked" || row.what == "statement") {
      CHECK_FALSE(row.note_zh.empty());
      CHECK(row.rules.empty());
      CHECK(row.test_case.empty());
      CHECK(row.state == "said");
    } else {
      CHECK_FALSE(row.test_case.empty());
      CHECK(row.state == "proved");
    }
  }
}

TEST_CASE("every rule that the table names is in the catalogue, and every rule of the catalogue is named") {
  std::set<std::string> named;
  for (const auto& row : read_rows()) named.insert(row.rules.begin(), row.rules.end());
  std::set<std::string> ruled;
  for (const auto& rule : tests::catalogue().rules()) {
    if (tests::catalogue().file_of(rule).id == Catalogue::default_id) ruled.insert(rule.id);
  }
  for (const auto& id : named) CHECK_MESSAGE(ruled.contains(id), id << " is not in the catalogue");
  for (const auto& id : ruled) CHECK_MESSAGE(named.contains(id), id << " rests on no sentence of the plan");
}

TEST_CASE("every test that the table names exists in the file that it names") {
  std::map<std::string, std::string> texts;
  for (const auto& row : read_rows()) {
    if (row.test_case.empty()) continue;
    auto& text = texts[row.test_file];
    if (text.empty()) text = file_text(std::filesystem::path(source_folder()) / row.test_file);
    CHECK_MESSAGE(tests::has(text, "TEST_CASE(\"" + row.test_case + "\""), row.line << ": " << row.test_case);
  }
  CHECK(texts.size() > 8);
}
