#include "db/records/handles/checklist_answer.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/visit_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

struct ChecklistDay : VisitDay {
  explicit ChecklistDay(std::string_view kind) : VisitDay(kind) { open_visit_tab("checklist"); }
  // The items that are listed, by the names of their remarks.
  std::vector<std::string> items() const {
    std::vector<std::string> codes;
    blocks::walk(page(), [&](const blocks::Block& block) {
      const auto* entry = std::get_if<blocks::Entry>(&block.shape);
      if (entry == nullptr || !entry->name.ends_with(".remark")) return;
      const std::size_t begin = entry->name.find('.') + 1;
      codes.push_back(entry->name.substr(begin, entry->name.rfind('.') - begin));
    });
    return codes;
  }
  std::string chosen_of(const std::string& item) const {
    const blocks::Choice& answer = choice("answer." + item);
    return answer.chosen ? answer.options[*answer.chosen].label : std::string();
  }
  std::size_t count(std::string_view words) const {
    const std::string all = page_words();
    std::size_t found = 0;
    for (std::size_t at = all.find(words); at != std::string::npos; at = all.find(words, at + 1)) ++found;
    return found;
  }
};

}  // namespace

TEST_CASE("the checklist of the visit's kind comes first; answers go in any order and gaps are seen") {
  ChecklistDay day("disclosure-check");
  CHECK(contains(day.choice("checklist").options[0].label, "公示信息"));
  const std::vector<std::string> items = day.items();
  REQUIRE(items.size() > 6);
  CHECK(contains(day.page_words(), "已答 0 / 共 " + std::to_string(items.size())));
  const std::string first = "answer." + items[0];
  REQUIRE(day.has_entry(first + ".licence_says"));
  day.choose("answer." + items[5], "no");
  day.choose(first, "yes");
  day.enter(first + ".licence_says", "示例许可证号");
  CHECK(contains(day.page_words(), "已答 2 / "));
  CHECK(day.entry(first + ".licence_says").text == "示例许可证号");
  SUBCASE("an answer is changed, not doubled") {
    day.choose(first, "cannot-tell");
    CHECK(day.store->list(kinds::checklist_answer)->size() == 2);
    CHECK(day.choice(first).options[*day.choice(first).chosen].key == "cannot-tell");
  }
  SUBCASE("only the gaps are shown") {
    const std::size_t lacking = day.count("还没有指明证据照片");
    CHECK(lacking >= 1);  // the first item asks for a picture
    day.turn("checklist.only_gaps", true);
    CHECK(day.items().size() == items.size() - 2 + lacking);
  }
  SUBCASE("a text typed before the choice is kept with it") {
    const std::string second = "answer." + items[1];
    day.enter(second + ".seen_on_site", "现场标识牌");
    CHECK(contains(day.page_words(), "已答 2 / "));
    day.choose(second, "yes");
    CHECK(day.entry(second + ".seen_on_site").text == "现场标识牌");
    CHECK(day.store->list(kinds::checklist_answer)->size() == 3);
  }
  SUBCASE("the other list is there too") {
    day.choose("checklist", "concurrent-restoration");
    CHECK(day.items().front() == "C01");
  }
}

TEST_CASE("a picture of the visit is named as the evidence of an answer; until then it is a gap") {
  ChecklistDay day("satellite-spot");
  const std::string item = "answer." + day.items()[1];
  CHECK(day.count("还没有指明证据照片") == 0);  // not answered yet: that is the gap
  day.choose(item, "yes");
  CHECK(day.count("还没有指明证据照片") == 1);
  CHECK(day.choice(item + ".photo").options.empty());
  CHECK(contains(day.page_words(), "1 项缺证据照片"));
  day.open_visit_tab("findings");
  day.press("visit.photo_example");
  day.press("visit.photo_add");
  day.open_visit_tab("checklist");
  REQUIRE_MESSAGE(day.choice(item + ".photo").options.size() == 1, day.message());
  day.choose(item + ".photo", "1");
  CHECK(day.count("还没有指明证据照片") == 0);
  CHECK(day.store->list(kinds::checklist_answer)->front().reference(records::checklist_answer::photo) ==
        day.store->list(kinds::photo)->front().id());
  CHECK_FALSE(contains(day.page_words(), "缺证据照片"));
}

TEST_CASE("an item that asks for a figure takes it with its unit, one with choices takes one of its own") {
  ChecklistDay day("satellite-spot");
  CHECK(contains(day.entry("answer.S03.measured").label, "公顷"));
  CHECK(day.choice("answer.S03").options.size() == 2);  // why there is no figure
  day.enter("answer.S03.measured", "0.75");
  CHECK(contains(day.page_words(), "已答 1 / "));
  const records::Record answer = day.store->list(kinds::checklist_answer)->front();
  CHECK(answer.integer(records::checklist_answer::measured) == 7500);
  CHECK(answer.text(records::checklist_answer::measured_unit) == "公顷");
  CHECK(answer.text(records::checklist_answer::item) == "S03");

  CHECK(day.choice("answer.S05").options.size() == 8);
  day.choose("answer.S05", "no-real-change");
  CHECK(day.chosen_of("S05") == "伪变化");
  CHECK(contains(day.page_words(), "已答 2 / "));
}

TEST_CASE("an answer to a question that is asked no more is shown with that question; nothing is asked twice") {
  ChecklistDay day("concurrent-restoration");
  const std::vector<std::string> asked = day.items();
  const auto is_listed = [&](const std::string& item) {
    const std::vector<std::string> now = day.items();
    return std::ranges::find(now, item) != now.end();
  };
  CHECK_FALSE(is_listed("C19"));
  CHECK(is_listed("C47"));
  records::Record old(fixed_uuid("example answer"), records::kind_of(kinds::checklist_answer));
  old.set_value(records::checklist_answer::visit, day.store->list(kinds::visit)->front().id());
  old.set_value(records::checklist_answer::checklist, "concurrent-restoration");
  old.set_value(records::checklist_answer::item, "C19");
  old.set_value(records::checklist_answer::answer, 1);
  REQUIRE(day.store->commit(history::edits_for_new(old), Uuid{}).ok());
  day.open_visit_tab("findings");
  day.open_visit_tab("checklist");
  CHECK(is_listed("C19"));
  CHECK_FALSE(is_listed("C47"));
  CHECK(contains(day.page_words(), "是否按《方案》开展地质环境监测并有记录"));
  CHECK(contains(day.page_words(), "以后的检查按 C47、C48 提问"));
  CHECK(contains(day.page_words(), "已答 1 / 共 " + std::to_string(asked.size() - 1)));
}
