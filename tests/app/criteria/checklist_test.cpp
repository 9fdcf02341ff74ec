#include "app/criteria/checklist.h"

#include <doctest/doctest.h>

#include <fstream>

#include "db/base/files.h"
#include "db/language/language.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::has;

namespace {

constexpr std::string_view columns =
    "item,section_zh,section_en,question_zh,question_en,answer,photo,evidence_zh,evidence_en,how_zh,how_en,"
    "unit_zh,unit_en,choices,fact,yes_means,rules,source,mark,replaced_by\n";

// What an office worker may write in the cells that depend on each other.
struct Item {
  std::string answer = "question";
  std::string unit = {};  // both languages
  std::string choices = {};
  std::string fact = {};
  std::string yes_means = {};
  std::string replaced_by = {};
};

std::string row(const std::string& id, const Item& item) {
  return id + ",节,section,问,question," + item.answer + ",no,,,看,look," + item.unit + "," + item.unit + ",\"" +
         item.choices + "\"," + item.fact + "," + item.yes_means + ",,出处,plan," + item.replaced_by + "\n";
}

class Folder {
 public:
  Folder() { set_language(Language::english); }
  ~Folder() { set_language(Language::chinese); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  Result<std::vector<Checklist>> load(const std::string& rows) {
    write("checklists.csv", "checklist,title_zh,title_en,visit_kind,source,mark\nlist,表,list,patrol,出处,plan\n");
    write("list.csv", std::string(columns) + rows);
    return load_checklists(folder_.path());
  }
  // The one message of rows that are refused.
  std::string refusal(const Item& item) {
    const auto lists = load(row("A1", {}) + row("A2", item));
    REQUIRE_FALSE(lists.ok());
    CHECK(has(lists.error().message(), "line 3"));
    return lists.error().message();
  }

 private:
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  tests::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("an item may ask for a yes or no, words, a figure or a choice") {
  Folder folder;
  const auto lists =
      folder.load(row("A1", {"question", "", "", "is_safe", "yes"}) + row("A2", {"text"}) +
                  row("A3", {"number", "cm"}) + row("A4", {"choice", "", "inside=界内|inside; outside=界外|outside"}));
  REQUIRE_MESSAGE(lists.ok(), lists.error().message());
  const auto& items = lists->front().items;
  REQUIRE(items.size() == 4);
  CHECK(items[2].answer == AnswerKind::number);
  CHECK(items[2].unit.chinese == "cm");
  REQUIRE(items[3].choices.size() == 2);
  REQUIRE(items[3].find_choice("outside") != nullptr);
  CHECK(items[3].find_choice("outside")->text.chinese == "界外");
  CHECK(items[3].find_choice("nowhere") == nullptr);
}

TEST_CASE("what does not fit the kind of answer is refused with its line") {
  Folder folder;
  CHECK(has(folder.refusal({"number"}), "missing"));
  CHECK(has(folder.refusal({"question", "cm"}), "unit"));
  CHECK(has(folder.refusal({"choice"}), "two"));
  CHECK(has(folder.refusal({"choice", "", "one=一|one"}), "two"));
  CHECK(has(folder.refusal({"choice", "", "one=一|one; one=二|two"}), "twice"));
  CHECK(has(folder.refusal({"choice", "", "one=一; two=二|two"}), "Chinese|English"));
  CHECK(has(folder.refusal({"choice", "", "One=一|one; two=二|two"}), "lower-case"));
  CHECK(has(folder.refusal({"question", "", "one=一|one; two=二|two"}), "only an item"));
  CHECK(has(folder.refusal({"text", "", "", "is_safe"}), "no fact"));
  CHECK(has(folder.refusal({"question", "", "", "is_safe"}), "yes or no"));
  CHECK(has(folder.refusal({"essay"}), "question"));
}

TEST_CASE("a retired item names the items that ask for it now") {
  Folder folder;
  const auto retired = [](const std::string& by) { return Item{"question", "", "", "", "", by}; };
  const auto lists = folder.load(row("A1", retired("A2; A3")) + row("A2", {}) + row("A3", {}));
  REQUIRE_MESSAGE(lists.ok(), lists.error().message());
  const auto& items = lists->front().items;
  CHECK(items[0].replaced_by == std::vector<std::string>{"A2", "A3"});
  CHECK(items[0].is_retired());
  CHECK_FALSE(items[1].is_retired());
  SUBCASE("one that is not there, or is retired itself, is refused with its line") {
    CHECK(has(folder.refusal(retired("A9")), "A9"));
    CHECK(has(folder.refusal(retired("A2")), "A2"));
  }
  SUBCASE("a visit is asked the new ones, and the old one only where it was answered") {
    std::string answered;
    const auto asked = [&](std::string now_answered) {
      answered = std::move(now_answered);
      std::string ids;
      for (const auto& item : items) {
        const auto is_answered = [&](const ChecklistItem& one) { return has(answered, one.id); };
        if (lists->front().asks(item, is_answered)) ids += item.id + " ";
      }
      return ids;
    };
    CHECK(asked("") == "A2 A3 ");
    CHECK(asked("A2") == "A2 A3 ");
    CHECK(asked("A1") == "A1 ");
    CHECK(asked("A1 A3") == "A1 A3 ");
  }
}

TEST_CASE("a figure feeds only a fact of its unit, a choice only one with its codes") {
  const auto faults = [](Item item) {
    Folder folder;
    auto lists = folder.load(row("A1", item));
    REQUIRE_MESSAGE(lists.ok(), lists.error().message());
    const auto text_of = [](const char* name) {
      auto read = read_text_file(tests::assets() / "criteria" / name, 10'000'000);
      REQUIRE(read.ok());
      return std::move(read).value();
    };
    const std::string rules = text_of("tekes-plan-2021-2025.csv");
    const std::string facts = text_of("facts.csv");
    std::string text;
    for (const auto& finding : lint(rules, facts, "rules.csv", *lists)) text += finding.text() + "\n";
    return text;
  };
  CHECK(faults({"number", "%", "", "mining_recovery"}).empty());
  CHECK(has(faults({"number", "cm", "", "mining_recovery"}), "unit cm"));
  CHECK(has(faults({"number", "%", "", "is_safe"}), "no number"));
  CHECK(faults({"choice", "", "open-pit=露天|open pit; underground=地下|underground", "mining_method"}).empty());
  CHECK(has(faults({"choice", "", "open-pit=露天|open pit; magic=法术|magic", "mining_method"}), "magic"));
  CHECK(has(faults({"choice", "", "a=甲|a; b=乙|b", "is_safe"}), "no choice"));
  CHECK(has(faults({"question", "", "", "mining_recovery", "yes"}), "yes-or-no"));
}
