#include <algorithm>

#include "app/green/actions.h"
#include "app/inspect/edit.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/app/invented_table/invented_table.h"
#include "tests/app/window_office/office.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

void open_green(Office& office) {
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  office.write(Slot::place_tab, "green");
  REQUIRE(office.view().place);
  REQUIRE(office.view().place->green);
}

const screens::GreenView& green_page(Office& office) {
  return *office.view().place->green;
}

const screens::Button& begin_button(Office& office, std::string_view index) {
  const auto& buttons = green_page(office).begin;
  const auto found = std::ranges::find(buttons, "green.begin." + std::string(index), &screens::Button::name);
  REQUIRE(found != buttons.end());
  return *found;
}

}  // namespace

TEST_CASE("the page of a mine: no assessment, no tier, and both can be begun; other places have no such page") {
  Office office;
  open_green(office);
  CHECK(green_page(office).title.empty());
  CHECK(green_page(office).tiers.empty());
  CHECK_FALSE(green_page(office).set_tier.enabled);
  CHECK_FALSE(green_page(office).tier.chosen);  // none is proposed
  CHECK(contains(green_page(office).advice, "不是任何一级的结论"));
  office.write(Slot::green_part, "clauses");
  CHECK(contains(office.page_words(), "条款："));
  office.open_example_place();
  CHECK_FALSE(office.view().place->green);
  for (const screens::Option& tab : office.view().place->tabs.options) CHECK(tab.key != "green");
}

TEST_CASE("a tier needs a reason and a name, is recorded, and the earlier one stays below it") {
  Office office;
  open_green(office);
  office.write(Slot::green_tier, "supervise");
  office.write(Slot::green_reason, "示例：基础条件较差");
  CHECK_FALSE(green_page(office).set_tier.enabled);  // nobody is enrolled: by whom?
  office.write(Slot::green_by, "示例检查员");
  REQUIRE(green_page(office).set_tier.enabled);
  office.press(green_page(office).set_tier);
  CHECK(contains(office.message(), "已记录"));
  office.clock.advance_ms(86'400'000);
  office.write(Slot::green_tier, "cultivate");
  office.write(Slot::green_reason, "示例：已整改");
  office.press(green_page(office).set_tier);
  REQUIRE(green_page(office).tiers.size() == 2);
  CHECK(green_page(office).tiers[0].label == "培育");
  CHECK(contains(green_page(office).tiers[1].note, "基础条件较差"));
}

TEST_CASE(
    "an assessment is begun, a precondition answered, and the page says what is missing and that there is no total") {
  Office office;
  open_green(office);
  const auto& begin = green_page(office).begin;
  REQUIRE_FALSE(begin.empty());
  office.press(begin_button(office, "xinjiang"));
  CHECK(office.message().empty());
  REQUIRE_FALSE(green_page(office).title.empty());
  CHECK(contains(green_page(office).title, "自治区级"));
  REQUIRE(green_page(office).preconditions.size() == 5);
  CHECK_FALSE(green_page(office).no_total.empty());
  CHECK(green_page(office).sums.empty());
  CHECK_FALSE(green_page(office).preconditions[4].questions[0].where.empty());
  const screens::ChoiceEntry answer = *green_page(office).preconditions[4].questions[0].answer;
  office.choose(answer, "no");
  CHECK(office.message().empty());
  CHECK(green_page(office).preconditions[4].verdict.tone == screens::Tone::bad);
  CHECK(green_page(office).preconditions[4].questions[0].where.empty());
  // Changed afterwards: the same record, not a second one.
  const screens::ChoiceEntry again = *green_page(office).preconditions[4].questions[0].answer;
  office.choose(again, "yes");
  CHECK(green_page(office).preconditions[4].verdict.tone == screens::Tone::good);
  const screens::TextEntry life = *green_page(office).preconditions[3].questions[1].figure;
  office.enter(life, "2.5");
  office.choose(*green_page(office).preconditions[3].questions[0].answer, "yes");
  CHECK(green_page(office).preconditions[3].verdict.tone == screens::Tone::bad);
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

void enter(Office& office, std::string_view button) {
  const auto& buttons = green_page(office).items.buttons;
  const auto found = std::ranges::find(buttons, "green.enter." + std::string(button), &screens::Button::name);
  REQUIRE(found != buttons.end());
  office.press(*found);
}

const screens::Row& item_row(Office& office, std::string_view number) {
  const auto& rows = green_page(office).items.rows;
  const auto found = std::ranges::find(rows, "green.item." + std::string(number), &screens::Row::name);
  REQUIRE(found != rows.end());
  return *found;
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
  open_green(office);
  CHECK(green_page(office).items.standing == "已填 0 / 100 项");
  CHECK(green_page(office).items.rows.size() == 100);
  CHECK(green_page(office).items.title.empty());
  office.press(item_row(office, "1").press);
  CHECK(contains(green_page(office).items.title, "虚构指标1"));
  CHECK(contains(green_page(office).items.title, "满分 12"));
  CHECK(contains(green_page(office).items.notes.front(), "虚构标准"));
  CHECK_FALSE(green_page(office).items.buttons.front().enabled);  // nothing is typed yet
  office.write(Slot::green_marks, "4.5");
  office.write(Slot::green_evidence, "示例：现场照片");
  enter(office, "marks");
  CHECK(contains(office.message(), "第 1 项已记录"));
  CHECK(green_page(office).items.standing == "已填 1 / 100 项");
  CHECK(item_row(office, "1").badge.word == "4.5 / 12");
  CHECK(contains(green_page(office).items.title, "虚构指标2"));
  enter(office, "na");
  CHECK(item_row(office, "2").badge.word == "不涉及");
  CHECK(green_page(office).items.standing == "已填 2 / 100 项");
  const green::Assessment now = stored(office, assessment);
  CHECK(now.scores.at(1).marks == 450);
  CHECK(now.scores.at(2).is_not_applicable);
  // Back to the first: what was recorded stands in the form, and can be taken back.
  office.press(item_row(office, "1").press);
  office.write(Slot::only_open_items, "yes");
  CHECK(green_page(office).items.rows.size() == 98);
  office.write(Slot::only_open_items, "");
  enter(office, "clear");
  CHECK(item_row(office, "1").badge.word == "未填");
  CHECK(green_page(office).items.standing == "已填 1 / 100 项");
}

TEST_CASE("marks above the full marks are refused as on the command line, and nothing is recorded") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  open_green(office);
  office.press(item_row(office, "1").press);
  office.write(Slot::green_marks, "12.5");
  enter(office, "marks");
  CHECK(contains(office.message(), "超过满分"));
  CHECK(stored(office, assessment).entered == 0);
  CHECK(contains(green_page(office).items.title, "虚构指标1"));
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
  open_green(office);
  CHECK(green_page(office).sums.empty());
  REQUIRE_FALSE(green_page(office).no_total.empty());
  CHECK(contains(green_page(office).no_total[0], "已填 99 项"));
  REQUIRE(green_page(office).what_if);
  CHECK(contains(green_page(office).what_if->summary, "还不能测算"));
  CHECK(green_page(office).what_if->items.empty());
  office.press(item_row(office, "100").press);
  office.write(Slot::green_marks, last.value);
  enter(office, "marks");
  CHECK(green_page(office).no_total.empty());
  REQUIRE_FALSE(green_page(office).sums.empty());
  CHECK(green_page(office).sums.front().label == "合计");
  // The same items as the search itself finds.
  const green::Assessment now = stored(office, assessment);
  const auto found = green::what_if(now.table->table, now.scores, now.line);
  REQUIRE(found.ok());
  REQUIRE(found->is_possible);
  REQUIRE_FALSE(found->items.empty());
  REQUIRE(green_page(office).what_if->items.size() == found->items.size());
  for (std::size_t i = 0; i < found->items.size(); ++i) {
    CHECK(green_page(office).what_if->items[i].label.starts_with(std::to_string(found->items[i].number) + "　"));
  }
  bool tells_of_the_example = false;
  for (const std::string& note : green_page(office).notes) tells_of_the_example |= contains(note, "虚构的示例");
  CHECK(tells_of_the_example);
}

TEST_CASE("a mine that is under its lines whatever comes is told so before all is entered, without a total") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  std::vector<green::ItemEntry> entries = all_items("0");
  entries.pop_back();
  REQUIRE(green::enter_items(*office.desk, library(), assessment, entries).ok());
  open_green(office);
  CHECK(green_page(office).sums.empty());
  REQUIRE(green_page(office).no_total.size() == 2);
  CHECK(contains(green_page(office).no_total[1], "都低于所设的线"));
}

TEST_CASE("without an item table items go by number; there is no total and nothing is told about lifting") {
  Office office;
  open_green(office);
  office.press(begin_button(office, "xinjiang"));
  REQUIRE(green_page(office).items.number);
  CHECK(green_page(office).items.rows.empty());
  office.write(Slot::green_item, "3");
  office.write(Slot::green_marks, "2");
  enter(office, "marks");
  CHECK(contains(office.message(), "第 3 项已记录"));
  REQUIRE(green_page(office).items.rows.size() == 1);
  CHECK(green_page(office).items.rows[0].badge.word == "2");
  CHECK(green_page(office).sums.empty());
  CHECK_FALSE(green_page(office).what_if);
  CHECK_FALSE(green_page(office).no_total.empty());
  CHECK(green_page(office).preconditions.size() == 5);
  office.write(Slot::green_item, "很多");
  office.write(Slot::green_marks, "2");
  enter(office, "marks");
  CHECK(contains(office.message(), "没有这一项"));
}

TEST_CASE("the table, the treatment of items that do not apply and the line are set on the page") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office, false);
  open_green(office);
  REQUIRE(green_page(office).settings.choices.size() == 2);
  CHECK(contains(green_page(office).settings.choices[0].options[0].label, "（虚构）"));
  CHECK(green_page(office).settings.choices[0].chosen == 0);
  office.choose(screens::ChoiceEntry(green_page(office).settings.choices[1]), "rescale");
  for (const screens::TextEntry& entry : std::vector(green_page(office).settings.entries)) {
    if (entry.at.field == "pass_total") office.enter(entry, "650");
  }
  CHECK(office.message().empty());
  const green::Assessment now = stored(office, assessment);
  CHECK(now.line.na_rule == 1);
  CHECK(now.line.pass_total == 65'000);
}

TEST_CASE("the road of an assessment is recorded step by step; a third party's team is asked for; a slip is voided") {
  Office office;
  const Uuid assessment = assess_with_invented_table(office);
  open_green(office);
  CHECK(green_page(office).steps.empty());
  CHECK_FALSE(green_page(office).step_form.add.enabled);
  for (const std::string_view step :
       {"self-assessment", "prefecture-review", "third-party", "spot-check", "publication"}) {
    office.clock.advance_ms(86'400'000);
    office.write(Slot::green_step, std::string(step));
    CHECK(green_page(office).step_form.team.empty() == (step != "third-party"));
    CHECK_FALSE(green_page(office).step_form.add.enabled);  // nobody is enrolled: by whom?
    office.write(Slot::green_step_by, "示例单位");
    office.write(Slot::green_document, "示例文号");
    if (step == "third-party") {
      office.write(Slot::green_team, "5");
      office.write(Slot::green_senior, "1");
      office.write(Slot::green_leader, "true");
    }
    office.press(green_page(office).step_form.add);
    CHECK(contains(office.message(), "环节已记录"));
  }
  REQUIRE(green_page(office).steps.size() == 5);
  CHECK(green_page(office).steps[0].fact.label == "企业自评");
  CHECK(green_page(office).steps[4].fact.label == "公示");
  CHECK(green_page(office).steps[2].fact.tone == screens::Tone::bad);  // one senior of the two asked
  CHECK(contains(green_page(office).steps[2].fact.note, "高级 1 人"));
  CHECK(stored(office, assessment).steps.size() == 5);
  office.press(green_page(office).steps[4].void_it);
  office.write(Slot::void_reason, "示例：录错");
  office.press(*office.view().dialog->confirm);
  CHECK(green_page(office).steps.size() == 4);
}

TEST_CASE("an edition of the rules that comes with a sync counts on the page of green mines at once") {
  Office office;
  open_green(office);
  office.write(Slot::green_part, "clauses");
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
  office.press({screens::Command::sync, {}, {}});
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  open_green(office);
  CHECK(has_title(title + "（新版）"));
  CHECK_FALSE(has_title(title));
}
