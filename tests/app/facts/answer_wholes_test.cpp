#include "db/records/kinds.h"
#include "tests/support/judged_county/county.h"

// A rule asks for several things at once where a checklist asks one thing an item; older visits answered them together.
using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

namespace {

constexpr auto list = "concurrent-restoration";
// R63 asks whether the environment is monitored, with records: C47 and C48, which C19 asked for together.
constexpr auto done = "C47", recorded = "C48", both = "C19";

struct Mine : County {
  Uuid id = mine("3-03");
  int day = 0;
  // The next visit, a day after the one before, with these answers.
  void visit(std::initializer_list<std::pair<const char*, const char*>> answers) {
    const std::string started = "2025-05-0" + std::to_string(++day) + "T10:00:00.000+08:00";
    const Uuid next = add_visit(id, started);
    for (const auto& [item, value] : answers) answer(next, list, item, value);
  }
  Verdict monitored() { return verdict(id, "R63", "2025-12-31"); }
};

Result<FactDictionary> dictionary_of(const std::string& all_of) {
  const auto table = CsvTable::parse(
      "name,type,scale,unit,maximum,chinese,english,unit_chinese,unit_english,hint_chinese,hint_english,all_of\n"
      "one,boolean,,,,一,one,,,,,\n"
      "two,boolean,,,,二,two,,,,,\n"
      "figure,number,0,,10,数,figure,,,,,\n"
      "both,boolean,,,,都,both,,,,,one;two\n"
      "asked,boolean,,,,问,asked,,,,," +
          all_of + "\n",
      "facts.csv");
  REQUIRE(table.ok());
  return FactDictionary::parse(*table);
}

}  // namespace

TEST_CASE("all parts yes is yes, one no is no, and what is still to be asked is named") {
  Mine mine;
  mine.visit({{done, "yes"}});
  const Verdict half = mine.monitored();
  CHECK(half.outcome == Outcome::unknown);
  CHECK(has(half.missing.at(0), "not answered yet: the monitoring is recorded"));
  CHECK_FALSE(has(half.missing.at(0), "as the plan asks)"));
  SUBCASE("a later visit answers the rest") {
    mine.visit({{recorded, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
  }
  SUBCASE("one no is enough, and says which part it was") {
    mine.visit({{recorded, "no"}});
    CHECK(mine.monitored().outcome == Outcome::fail);
    CHECK(has(mine.monitored().reason, "no (the monitoring is recorded: no)"));
  }
  SUBCASE("that it cannot be told decides nothing") {
    mine.visit({{recorded, "cannot-tell"}});
    CHECK(mine.monitored().outcome == Outcome::unknown);
  }
  SUBCASE("two answers of one visit that differ leave the part, and the whole, unknown") {
    mine.visit({{recorded, "yes"}, {recorded, "no"}});
    CHECK(mine.monitored().outcome == Outcome::unknown);
    CHECK(has(mine.monitored().missing.at(0), "differ"));
  }
}

TEST_CASE("a visit that answered the question asked before still decides") {
  Mine mine;
  SUBCASE("yes") {
    mine.visit({{both, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
    CHECK(has(mine.monitored().reason, "the environment is monitored as the plan asks, with records yes"));
  }
  SUBCASE("no") {
    mine.visit({{both, "no"}});
    CHECK(mine.monitored().outcome == Outcome::fail);
  }
  SUBCASE("a disputed answer leaves it unknown") {
    const Uuid visit = mine.add_visit(mine.id, "2025-05-01T10:00:00.000+08:00");
    const Uuid answer = mine.answer(visit, list, both, "yes");
    mine.set_unseen(answer, {"answer", "no"});
    CHECK(mine.monitored().outcome == Outcome::unknown);
    mine.visit({});
    mine.visit({{done, "yes"}, {recorded, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
  }
}

TEST_CASE("of an answer to the whole and answers to its parts the newer visit decides") {
  Mine mine;
  SUBCASE("yes to the whole, then a part is no") {
    mine.visit({{both, "yes"}});
    mine.visit({{recorded, "no"}});
    CHECK(mine.monitored().outcome == Outcome::fail);
  }
  SUBCASE("yes to the whole, then one part is yes again: the other is still yes") {
    mine.visit({{both, "yes"}});
    mine.visit({{recorded, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
  }
  SUBCASE("no to the whole, then one part is yes: nobody knows which part was meant") {
    mine.visit({{both, "no"}});
    mine.visit({{recorded, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::unknown);
    CHECK(has(mine.monitored().missing.at(0), "not answered since: the environment is monitored"));
    mine.visit({{done, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
  }
  SUBCASE("a part is no, then yes to the whole") {
    mine.visit({{recorded, "no"}});
    mine.visit({{both, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::pass);
  }
  SUBCASE("the parts are yes, then no to the whole") {
    mine.visit({{done, "yes"}, {recorded, "yes"}});
    mine.visit({{both, "no"}});
    CHECK(mine.monitored().outcome == Outcome::fail);
  }
  SUBCASE("in one visit the whole and a part are said differently") {
    mine.visit({{both, "yes"}, {recorded, "no"}});
    CHECK(mine.monitored().outcome == Outcome::unknown);
    CHECK(has(mine.monitored().missing.at(0), "differ"));
  }
  SUBCASE("in one visit the whole is no and every part is yes") {
    mine.visit({{both, "no"}, {done, "yes"}, {recorded, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::unknown);
    CHECK(has(mine.monitored().missing.at(0), "differ"));
  }
  SUBCASE("in one visit the whole is no and one part is yes: the other part is meant") {
    mine.visit({{both, "no"}, {done, "yes"}});
    CHECK(mine.monitored().outcome == Outcome::fail);
  }
}

TEST_CASE("every question that was split is still judged as it was, and so are the questions that took its place") {
  struct Split {
    const char* rule;
    const char* fact;
    const char* checklist;
    const char* old_item;
    std::vector<const char*> items;
    bool yes_is = true;
  };
  const Split splits[] = {
      {"R40", "wastes_meet_standard", list, "C14", {"C39", "C40", "C41"}},
      {"R40", "hazards_are_treated", list, "C17", {"C44"}},
      {"R40", "hazards_are_treated", "patrol", "X11", {"X19"}},
      {"R40", "hazards_are_treated", "restoration-acceptance", "A18", {"A34", "A35"}},
      {"R63", "environment_is_monitored", list, "C19", {"C47", "C48"}},
      {"R43", "acceptance_was_applied_for", list, "C24", {"C52", "C53"}},
      {"R43", "acceptance_was_applied_for", "restoration-acceptance", "A02", {"A25", "A26"}},
      {"R42", "fund_is_set_up", "disclosure-check", "D31", {"D48"}},
      {"R32", "uses_obsolete_technique", "disclosure-check", "D29", {"D47"}, false},
  };
  for (const Split& split : splits) {
    CAPTURE(split.old_item);
    const auto fact_after = [&](const std::vector<const char*>& items, const char* answer) {
      Mine mine;
      const Uuid visit = mine.add_visit(mine.id, "2025-05-01T10:00:00.000+08:00");
      for (const char* item : items) mine.answer(visit, split.checklist, item, answer);
      return input(mine.verdict(mine.id, split.rule, "2025-12-31"), split.fact);
    };
    const std::string good = split.yes_is ? "yes" : "no";
    const std::string bad = split.yes_is ? "no" : "yes";
    CHECK(fact_after({split.old_item}, "yes") == good);
    CHECK(fact_after({split.old_item}, "no") == bad);
    CHECK(fact_after(split.items, "yes") == good);
    for (const char* item : split.items) CHECK(fact_after({item}, "no") == bad);
    if (split.items.size() > 1) CHECK(fact_after({split.items.front()}, "yes") == "unknown");
  }
}

TEST_CASE("only a plain yes or no has parts, and only plain ones") {
  REQUIRE(dictionary_of("one;two").ok());
  CHECK(dictionary_of("one; two")->find("asked")->all_of == std::vector<std::size_t>{0, 1});
  CHECK(dictionary_of("")->find("asked")->all_of.empty());
  for (const char* wrong : {"three", "one;figure", "one;both", "asked"}) {
    CAPTURE(wrong);
    const auto refused = dictionary_of(wrong);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code() == ErrorCode::bad_input);
  }
}
