// What the county's desk is told, by the real programs: a laptop in the field, the county's server, and beside it
// `look` and `check`. On both stores.
#include "app/json/json_value.h"
#include "sync/postgres/county_database.h"
#include "tests/sync/office/office.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr const char* day = "2026-06-01";

void on_both_stores(const std::function<void(Office&)>& situation) {
  {
    INFO("on SQLite");
    SqliteOffice office;
    situation(office);
  }
  INFO("on PostgreSQL");
  const std::string address = county_on_postgres_empty();
  if (address.empty()) return;
  Office office(address);
  situation(office);
}

Ran run_in(const std::string& language, const Office& office, const std::vector<std::string>& more) {
  std::vector<std::string> words = office.words(more);
  words[2] = language;
  return run_program(words);
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string member(const json::JsonValue& object, std::string_view name) {
  const json::JsonValue* value = object.find(name);
  return value == nullptr ? "(missing)" : value->text;
}

json::JsonValue json_of(const Ran& ran) {
  auto value = json::parse_json(ran.out);
  REQUIRE_MESSAGE(value.ok(), ran.out, ran.err);
  return std::move(value).value();
}

// The real kuangxun on a laptop that joined, with the county's registers.
struct FieldLaptop {
  FieldLaptop(const Office& office, const std::string& address, const std::string& name) {
    done({"init"});
    done({"enrol", address, office.code_for(name)});
  }
  Ran run(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {binary_folder() + "/bin/kuangxun", "--lang", "en", "--data",
                                      (folder / "data").string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }
  void done(const std::vector<std::string>& words) const {
    const Ran ran = run(words);
    REQUIRE_MESSAGE(ran.exit_code == 0, words.front(), ": ", ran.err);
  }
  TemporaryFolder folder;
};

// A day in the field, synced; what the desk then sees.
struct Day {
  explicit Day(Office& office_) : office(office_) {
    const Ran made = office.run({"init"});
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    server = std::make_unique<Process>(office.words({"serve", "--listen", "127.0.0.1:0"}));
    laptop = std::make_unique<FieldLaptop>(office, address_in(server->first_line()), "一号");
    laptop->done({"record", source_folder() + "/assets/examples/visit-mine.json"});
    laptop->done({"sync"});
    place = member(json_of(laptop->run({"list", "visit", "--json"})).items.at(0), "place");
  }
  Office& office;
  std::unique_ptr<Process> server;
  std::unique_ptr<FieldLaptop> laptop;
  std::string place;
};

void check_as_a_laptop(Office& office) {
  Day s(office);
  const auto root = [&] { return member(json_of(office.run({"status", "--json"})), "root"); };
  const std::string before = root();
  for (const std::vector<std::string>& words : {std::vector<std::string>{"check", "--json", "--on", day},
                                                {"check", "--json", "--site", s.place},
                                                {"check", "--on", day},
                                                {"check", "--site", s.place, "--on", "2021-01-01"},
                                                {"check", "--site", "特克斯县", "--on", day}}) {
    CAPTURE(words);
    const Ran here = s.laptop->run(words);
    const Ran there = office.run(words);
    CHECK(there.exit_code == here.exit_code);
    CHECK(there.out == here.out);
    CHECK(there.err == here.err);
  }
  CHECK(office.run({"check", "--json", "--on", day}).exit_code == 1);
  CHECK(office.run({"check", "--on", "gestern"}).exit_code == 2);
  CHECK(office.run({"check", "--site", "没有的矿"}).exit_code == 3);
  CHECK(root() == before);
}

void look_in_words(Office& office) {
  Day s(office);
  // Another laptop disagrees about the mine.
  FieldLaptop second(office, address_in(s.server->first_line()), "二号");
  s.laptop->done({"set", s.place, "mining_method=underground"});
  second.done({"set", s.place, "mining_method=open-pit"});
  s.laptop->done({"sync"});
  REQUIRE(second.run({"sync"}).exit_code <= 1);

  const Ran english = run_in("en", office, {"look", s.place});
  CHECK_MESSAGE(english.exit_code == 0, english.err);
  for (const std::string part : {"Mining right  特克斯县库克苏河下游西岸阶地建筑/道路用砂石矿",
                                 "visit: 2026-05-06 10:00, signed", "dispute: ", "open finding: ", "一号",
                                 "cannot be determined", "Compared automatically, not verified by a person"}) {
    CAPTURE(part);
    CHECK(contains(english.out, part));
  }
  const Ran chinese = run_in("zh", office, {"look", "特克斯县库克苏河下游西岸阶地建筑/道路用砂石矿"});
  CHECK(chinese.exit_code == 0);
  for (const std::string part : {"采矿权", "检查：2026-05-06 10:00，已签字", "争议：", "未了结的问题：", "无法判断",
                                 "程序自动对照，未经人工核实"}) {
    CAPTURE(part);
    CHECK(contains(chinese.out, part));
  }
}

void look_for_scripts(Office& office) {
  Day s(office);
  const json::JsonValue look = json_of(office.run({"look", s.place, "--json"}));
  // The record is what a laptop shows, and the verdicts are those of check.
  CHECK(json::format_json(*look.find("record")) + "\n" == s.laptop->run({"show", s.place, "--json"}).out);
  CHECK(json::format_json(*look.find("check")) + "\n" == s.laptop->run({"check", "--site", s.place, "--json"}).out);
  REQUIRE(look.find("visits")->items.size() == 1);
  const json::JsonValue& visit = look.find("visits")->items.front();
  CHECK(member(visit, "state") == "signed");
  CHECK(member(visit, "started_at") == "2026-05-06T10:00:00.000+08:00");
  CHECK_FALSE(visit.find("officers")->items.empty());
  CHECK(std::stoi(member(visit, "answers")) > 0);
  CHECK(look.find("open_findings")->items.size() == static_cast<std::size_t>(std::stoi(member(visit, "findings"))));
  CHECK(member(look.find("open_findings")->items.at(0), "kind") == "finding");

  const std::string visit_id = member(visit, "id");
  const Ran no_place = office.run({"look", visit_id});
  CHECK(no_place.exit_code == 3);
  CHECK(no_place.out.empty());
  CHECK(contains(no_place.err, visit_id));
  CHECK(office.run({"look", "没有的矿"}).exit_code == 3);
  CHECK(office.run({"look"}).exit_code == 2);
}

void change_version(const Office& office) {
  const std::string change = "UPDATE schema_version SET version = 99";
  if (office.store.starts_with("sqlite:")) {
    const std::string file = office.store.substr(7);
    must((*sqlite_county::open_database(file, sqlite_county::Access::beside))->run(change, {}));
  } else {
    must((*postgres::open_database(office.store))->run(change, {}));
  }
}

}  // namespace

TEST_CASE("check at the county says to the letter what a laptop that has synced says") {
  on_both_stores(check_as_a_laptop);
}

TEST_CASE("look shows a place's dossier and verdicts, in either language") {
  on_both_stores(look_in_words);
}

TEST_CASE("look for scripts: the record as show has it, visits, findings, and check") {
  on_both_stores(look_for_scripts);
}

TEST_CASE("a county database of a newer version is refused with one line that says what to do") {
  on_both_stores([](Office& office) {
    REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
    change_version(office);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"look", "x"}, {"check", "--json"}}) {
      const Ran english = run_in("en", office, words);
      CHECK(english.exit_code == 4);
      CHECK(english.out.empty());
      CHECK(contains(english.err, "update the program"));
      CHECK(english.err.find('\n') == english.err.size() - 1);
      CHECK(contains(run_in("zh", office, words).err, "请更新程序"));
    }
  });
}
