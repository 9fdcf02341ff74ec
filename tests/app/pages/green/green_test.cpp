#include <algorithm>

#include "app/green/actions.h"
#include "app/green/what_if.h"
#include "app/inspect/edit/edit.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/app/invented_table/invented_table.h"
#include "tests/app/window_office/office.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

void open_part(Office& office, std::string_view part) {
  office.open_place(office.mine("3-02"));
  office.open_place_tab("green");
  office.choose("green.part", part);
}

bool has_part(const Office& office, std::string_view part) {
  const auto& options = office.choice("green.part").options;
  return std::ranges::find(options, part, &blocks::Option::key) != options.end();
}

std::size_t count_rows(const Office& office) {
  std::size_t rows = 0;
  blocks::walk(office.page(),
               [&](const blocks::Block& block) { rows += std::holds_alternative<blocks::Row>(block.shape) ? 1 : 0; });
  return rows;
}

// The verdicts of the preconditions, in their order.
std::vector<blocks::Badge> badges(const Office& office) {
  std::vector<blocks::Badge> found;
  blocks::walk(office.page(), [&](const blocks::Block& block) {
    if (const auto* badge = std::get_if<blocks::Badge>(&block.shape)) found.push_back(*badge);
  });
  return found;
}

}  // namespace

TEST_CASE("the page of a mine: no assessment, no tier, and both can be begun; other places have no such page") {
  Office office;
  open_part(office, "tier");
  CHECK(contains(office.page_words(), "还没有评价。"));
  CHECK(office.facts().empty());
  CHECK_FALSE(office.button("green.set_tier").enabled);
  CHECK_FALSE(office.choice("green.tier").chosen);  // none is proposed
  CHECK(contains(blocks::words_of(office.tree()), "不是任何一级的结论"));
  CHECK(office.has_button("green.begin.xinjiang"));
  for (const std::string_view part : {"preconditions", "items", "marks", "steps"}) CHECK_FALSE(has_part(office, part));
  office.choose("green.part", "clauses");
  CHECK(contains(office.page_words(), "条款："));
  office.open_example_place();
  for (const std::string& tab : office.place_tabs()) CHECK(tab != "green");
}

TEST_CASE("a tier needs a reason and a name, is recorded, and the earlier one stays below it") {
  Office office;
  open_part(office, "tier");
  office.choose("green.tier", "supervise");
  office.fill("green.reason", "示例：基础条件较差");
  CHECK_FALSE(office.button("green.set_tier").enabled);  // nobody is enrolled: by whom?
  office.fill("green.by", "示例检查员");
  office.press("green.set_tier");
  CHECK(contains(office.message(), "已记录"));
  office.clock.advance_ms(86'400'000);
  office.choose("green.tier", "cultivate");
  office.fill("green.reason", "示例：已整改");
  office.press("green.set_tier");
  const std::vector<blocks::Fact> tiers = office.facts();
  REQUIRE(tiers.size() == 2);
  CHECK(tiers[0].label == "培育");
  CHECK(contains(tiers[1].note, "基础条件较差"));
}

TEST_CASE(
    "an assessment is begun, a precondition answered, and the page says what is missing and that there is no total") {
  Office office;
  open_part(office, "tier");
  office.press("green.begin.xinjiang");
  CHECK(office.page_problem().empty());
  CHECK(contains(office.page_words(), "自治区级"));
  office.choose("green.part", "marks");
  CHECK(contains(blocks::words_of(office.tree()), "自治区级"));
  CHECK(contains(office.page_words(), "没有指标表"));
  CHECK(office.facts().empty());
  office.choose("green.part", "preconditions");
  REQUIRE(badges(office).size() == 5);
  const auto count_of_where = [&] {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = office.page_words().find("到哪里查：", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  const std::size_t open = count_of_where();
  CHECK(open > 0);
  office.choose("green.P5a", "no");
  CHECK(office.page_problem().empty());
  CHECK(badges(office)[4].tone == blocks::Tone::bad);
  CHECK(count_of_where() == open - 1);
  // Changed afterwards: the same record, not a second one.
  office.choose("green.P5a", "yes");
  CHECK(badges(office)[4].tone == blocks::Tone::good);
  office.enter("green.P4b", "2.5");
  office.choose("green.P4a", "yes");
  CHECK(badges(office)[3].tone == blocks::Tone::bad);
}

namespace {

// The invented table, marked as such, and an assessment of the example index made with it.
Uuid assess_with_invented_table(Office& office, bool with_line = true) {
  green::TableReading reading = read_rows(invented_rows());
  const auto table = green::import_table(*office.desk, reading, {"虚构第一版", "虚构文本", "虚构表.csv", true});
  REQUIRE_MESSAGE(table.ok(), table.error().message());
  const auto assessment = green::begin_assessment(
      *office.desk, library(), {office.mine("3-02"), 1, "national-2020", "2021-05-01", "示例评价人", *table});
  REQUIRE_MESSAGE(assessment.ok(), assessment.error().message());
  if (with_line) {
    const std::vector<inspect::FieldText> line = {{"pass_total", "600"}, {"floor_percent", "50"}};
    REQUIRE(inspect::set_fields(*office.desk, *assessment, line).ok());
  }
  return *assessment;
}

std::vector<green::ItemEntry> all_items(const std::string& value) {
  std::vector<green::ItemEntry> entries;
  for (const InventedRow& row : invented_rows())
    entries.push_back({row.number, value == "full" ? row.marks : value, {}});
  return entries;
}

green::Assessment stored(Office& office, const Uuid& assessment) {
  auto read = green::read_assessment(*office.store, library(), assessment);
  REQUIRE_MESSAGE(read.ok(), read.error().message());
  return std::move(read).value();
}

}  // namespace

TEST_CASE("items are chosen from the table and entered one after the other, with evidence, and the next comes up") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  open_part(office, "items");
  CHECK(contains(office.page_words(), "已填 0 / 100 项"));
  CHECK(count_rows(office) == 100);
  CHECK_FALSE(office.has_entry("green.item.marks"));
  office.press("green.item.1");
  CHECK(contains(office.page_words(), "虚构指标1（满分 12）"));
  CHECK(contains(office.page_words(), "虚构标准"));
  CHECK_FALSE(office.button("green.enter.marks").enabled);  // nothing is typed yet
  office.fill("green.item.marks", "4.5");
  office.fill("green.item.evidence", "示例：现场照片");
  office.press("green.enter.marks");
  CHECK(contains(office.message(), "第 1 项已记录"));
  CHECK(contains(office.page_words(), "已填 1 / 100 项"));
  CHECK(office.row("green.item.1").badge.word == "4.5 / 12");
  CHECK(office.row("green.item.2").is_selected);
  office.press("green.enter.na");
  CHECK(office.row("green.item.2").badge.word == "不涉及");
  CHECK(contains(office.page_words(), "已填 2 / 100 项"));
  const green::Assessment now = stored(office, assessment);
  CHECK(now.scores.at(1).marks == 450);
  CHECK(now.scores.at(2).is_not_applicable);
  // Back to the first: what was recorded stands in the form, and can be taken back.
  office.press("green.item.1");
  CHECK(office.entry("green.item.marks").text == "4.5");
  CHECK(office.entry("green.item.evidence").text == "示例：现场照片");
  office.turn("green.only_open", true);
  CHECK(count_rows(office) == 98);
  office.turn("green.only_open", false);
  office.press("green.enter.clear");
  CHECK(office.row("green.item.1").badge.word == "未填");
  CHECK(contains(office.page_words(), "已填 1 / 100 项"));
}

TEST_CASE("marks above the full marks are refused as on the command line, and nothing is recorded") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  open_part(office, "items");
  office.press("green.item.1");
  office.fill("green.item.marks", "12.5");
  office.press("green.enter.marks");
  CHECK(contains(office.page_problem(), "超过满分"));
  CHECK(stored(office, assessment).entered == 0);
  CHECK(office.row("green.item.1").is_selected);
  CHECK(office.entry("green.item.marks").text == "12.5");
}

TEST_CASE("a total and the cheapest way over the lines come when all items are entered, not before") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  std::vector<green::ItemEntry> entries = all_items("0");
  const std::vector<green::ItemEntry> full = all_items("full");
  for (std::size_t i = 0; i < entries.size(); i += 2) entries[i] = full[i];
  const green::ItemEntry last = entries.back();
  entries.pop_back();
  REQUIRE(green::enter_items(*office.desk, library(), assessment, entries).ok());
  open_part(office, "marks");
  CHECK(office.facts().empty());
  CHECK(contains(office.page_words(), "已填 99 项"));
  CHECK(contains(office.page_words(), "还不能测算"));
  office.choose("green.part", "items");
  office.press("green.item.100");
  office.fill("green.item.marks", last.value);
  office.press("green.enter.marks");
  office.choose("green.part", "marks");
  CHECK_FALSE(contains(office.page_words(), "已填 99 项"));
  const std::vector<blocks::Fact> facts = office.facts();
  REQUIRE_FALSE(facts.empty());
  CHECK(facts.front().label == "合计");
  // The same items as the search itself finds.
  const green::Assessment now = stored(office, assessment);
  const auto found = green::what_if(now.table->table, now.scores, now.line);
  REQUIRE(found.ok());
  REQUIRE(found->is_possible);
  REQUIRE_FALSE(found->items.empty());
  REQUIRE(facts.size() > found->items.size());
  for (std::size_t i = 0; i < found->items.size(); ++i) {
    const blocks::Fact& lifted = facts[facts.size() - found->items.size() + i];
    CHECK(lifted.label.starts_with(std::to_string(found->items[i].number) + "　"));
  }
  CHECK(contains(blocks::words_of(office.tree()), "虚构的示例"));
}

TEST_CASE("a mine that is under its lines whatever comes is told so before all is entered, without a total") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  std::vector<green::ItemEntry> entries = all_items("0");
  entries.pop_back();
  REQUIRE(green::enter_items(*office.desk, library(), assessment, entries).ok());
  open_part(office, "marks");
  for (const blocks::Fact& fact : office.facts()) CHECK(fact.label != "合计");
  CHECK(contains(office.page_words(), "都低于所设的线"));
}

TEST_CASE("without an item table items go by number; there is no total and nothing is told about lifting") {
  Office office;
  open_part(office, "tier");
  office.press("green.begin.xinjiang");
  office.choose("green.part", "items");
  CHECK(count_rows(office) == 0);
  office.fill("green.item.number", "3");
  office.fill("green.item.marks", "2");
  office.press("green.enter.marks");
  CHECK(contains(office.message(), "第 3 项已记录"));
  REQUIRE(count_rows(office) == 1);
  CHECK(office.row("green.item.3").badge.word == "2");
  office.fill("green.item.number", "很多");
  office.fill("green.item.marks", "2");
  office.press("green.enter.marks");
  CHECK(contains(office.page_problem(), "没有这一项"));
  office.choose("green.part", "marks");
  CHECK(office.facts().empty());
  CHECK_FALSE(contains(office.page_words(), "补强测算"));
  CHECK(contains(office.page_words(), "没有指标表"));
}

TEST_CASE("the table, the treatment of items that do not apply and the line are set on the page") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office, false);
  open_part(office, "items");
  const blocks::Choice& table = office.choice("green.item_table");
  CHECK(contains(table.options[0].label, "（虚构）"));
  CHECK(table.chosen == 0);
  office.choose("green.na_rule", "rescale");
  office.enter("green.pass_total", "650");
  CHECK(office.page_problem().empty());
  const green::Assessment now = stored(office, assessment);
  CHECK(now.line.na_rule == 1);
  CHECK(now.line.pass_total == 65'000);
}

TEST_CASE("the road of an assessment is recorded step by step; a third party's team is asked for; a slip is voided") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  open_part(office, "steps");
  CHECK(office.facts().empty());
  CHECK_FALSE(office.button("green.step.add").enabled);
  for (const std::string_view step :
       {"self-assessment", "prefecture-review", "third-party", "spot-check", "publication"}) {
    office.clock.advance_ms(86'400'000);
    office.choose("green.step", step);
    CHECK(office.has_entry("green.step.team_size") == (step == "third-party"));
    CHECK_FALSE(office.button("green.step.add").enabled);  // nobody is enrolled: by whom?
    office.fill("green.step.done_by", "示例单位");
    office.fill("green.step.document", "示例文号");
    if (step == "third-party") {
      office.fill("green.step.team_size", "5");
      office.fill("green.step.team_senior", "1");
      office.choose("green.step.leader", "yes");
    }
    office.press("green.step.add");
    CHECK(contains(office.message(), "环节已记录"));
  }
  const std::vector<blocks::Fact> steps = office.facts();
  REQUIRE(steps.size() == 5);
  CHECK(steps[0].label == "企业自评");
  CHECK(steps[4].label == "公示");
  CHECK(steps[2].tone == blocks::Tone::bad);  // one senior of the two asked
  CHECK(contains(steps[2].note, "高级 1 人"));
  CHECK(stored(office, assessment).steps.size() == 5);
  office.press("green.step.void.4");
  office.confirm_void("示例：录错");
  CHECK(office.facts().size() == 4);
}

TEST_CASE("an edition of the rules that comes with a sync counts on the page of green mines at once") {
  Office office;
  office.link.join();
  open_part(office, "clauses");
  const auto has_title = [&](const std::string& title) { return contains(office.page_words(), "　" + title + "\n"); };
  auto rules = read_text_file(std::filesystem::path(source_folder()) / "assets/criteria/green-mines.csv", 1 << 20);
  REQUIRE(rules.ok());
  // The first that is listed: "GM-12　TITLE".
  const std::string words = office.page_words();
  const std::size_t blank = words.find("　");
  REQUIRE(blank != std::string::npos);
  const std::size_t begin = blank + std::string_view("　").size();
  const std::string title = words.substr(begin, words.find('\n', begin) - begin);
  REQUIRE(contains(*rules, "," + title + ","));
  const std::string edited = replace_all(*rules, "," + title + ",", "," + title + "（新版）,");
  office.link.during_sync = [&](const auto&) {
    std::filesystem::create_directories(office.folder / "data/criteria");
    CHECK(write_file_durably(office.folder / "data/criteria/green-mines.csv", as_bytes(edited)).ok());
  };
  CHECK(has_title(title));
  office.sync();
  open_part(office, "clauses");
  CHECK(has_title(title + "（新版）"));
  CHECK_FALSE(has_title(title));
}
