// Each rule is shown a small tree that breaks it, and must say so: a rule that finds nothing anywhere proves nothing.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/structure/rules.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun::structure;
using kuangxun::tests::TemporaryFolder;

namespace {

using Files = std::map<std::string, std::string>;

// A sound tree of two folders: db/base alone knows sqlite, app/geo stands on it.
Files sound_tree() {
  return {
      {".gitignore", "/build/\n"},
      {"CMakeLists.txt", "project(x)\nkuangxun_folders(\n  db/base\n  sync/wire\n  app/geo\n)\n"},
      {"README.md",
       "| folder | what | outside |\n|---|---|---|\n| `db/base` | ground | SQLite |\n"
       "| `app/geo` | places | – |\n"},
      {"db/base/CMakeLists.txt", "kuangxun_library(db/base SOURCES store.cpp OUTSIDE SQLite::SQLite3)\n"},
      {"db/base/store.h", "#pragma once\nint stored();\n"},
      {"db/base/store.cpp", "#include \"db/base/store.h\"\n#include <sqlite3.h>\nint stored() { return 1; }\n"},
      {"app/geo/CMakeLists.txt", "kuangxun_library(app/geo SOURCES place.cpp LINKS db/base)\n"},
      {"app/geo/place.h", "#pragma once\nint place();\n"},
      {"app/geo/place.cpp", "#include \"app/geo/place.h\"\n#include \"db/base/store.h\"\n#include <vector>\n"},
      {"tests/app/geo/CMakeLists.txt", "kuangxun_test(app/geo LINKS app/geo)\n"},
      {"tests/app/geo/place_test.cpp", "#include \"app/geo/place.h\"\n#include <doctest/doctest.h>\n"},
      {"build/junk.cpp",
       "// TO"
       "DO in a build folder is nobody's concern\n"},
  };
}

// The sound tree with some files other than they were.
Tree tree_with(const Files& changes) {
  Files files = sound_tree();
  for (const auto& [path, text] : changes) files[path] = text;
  const TemporaryFolder folder;
  for (const auto& [path, text] : files) {
    std::filesystem::create_directories((folder.path() / path).parent_path());
    std::ofstream(folder.path() / path, std::ios::binary) << text;
  }
  return Tree::read(folder.path());
}

// "where: what" of the only finding.
std::string only(const Findings& findings) {
  std::string all;
  for (const Finding& finding : findings) all += finding.where + ": " + finding.what + "\n";
  INFO(all);
  REQUIRE(findings.size() == 1);
  return findings[0].where + ": " + findings[0].what;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string lines_of(std::size_t count, const std::string& line) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a sound tree has no findings") {
  const Tree tree = tree_with({});
  for (const auto& check : {check_top_level, check_folder_order, check_every_source_is_built, check_includes,
                            check_outside_libraries, check_readme_map, check_sizes, check_words}) {
    const Findings findings = check(tree);
    const std::string first = findings.empty() ? "" : findings[0].where + ": " + findings[0].what;
    CHECK_MESSAGE(findings.empty(), first);
  }
}

TEST_CASE("a new entry at the top level") {
  CHECK(contains(only(check_top_level(tree_with({{"scripts/x.sh", ""}}))), "scripts: "));
}

TEST_CASE("db linking app") {
  const Tree tree =
      tree_with({{"db/base/CMakeLists.txt", "kuangxun_library(db/base SOURCES store.cpp LINKS app/geo)"}});
  CHECK(contains(only(check_folder_order(tree)), "links upwards: app/geo"));
}

TEST_CASE("db linking app by the target's name") {
  const Tree tree = tree_with({{"db/base/CMakeLists.txt",
                                "kuangxun_library(db/base SOURCES store.cpp)\n"
                                "target_link_libraries(db_base PRIVATE app_geo)\n"}});
  CHECK(contains(only(check_folder_order(tree)), "links upwards: app/geo"));
}

TEST_CASE("a link to a folder of the same level that stands later") {
  const Tree tree =
      tree_with({{"CMakeLists.txt", "kuangxun_folders(db/base db/sqlite app/geo)"},
                 {"db/sqlite/CMakeLists.txt", "kuangxun_library(db/sqlite LINKS db/base)"},
                 {"db/base/CMakeLists.txt", "kuangxun_library(db/base SOURCES store.cpp LINKS db/sqlite)"}});
  CHECK(contains(only(check_folder_order(tree)), "db/sqlite, which does not stand before it"));
}

TEST_CASE("an order with app before sync") {
  const Tree tree = tree_with({{"CMakeLists.txt", "kuangxun_folders(db/base app/geo sync/wire)"}});
  CHECK(contains(only(check_folder_order(tree)), "sync/wire stands after app/geo"));
}

TEST_CASE("a folder that CMakeLists.txt does not list") {
  const Tree tree = tree_with({{"app/lost/CMakeLists.txt", "kuangxun_library(app/lost LINKS db/base)"}});
  CHECK(contains(only(check_folder_order(tree)), "app/lost/CMakeLists.txt: is not in CMakeLists.txt's list"));
}

TEST_CASE("a test that no target builds") {
  const Tree named = tree_with({{"tests/app/geo/CMakeLists.txt", "kuangxun_test(app/geo SOURCES other_test.cpp)"}});
  CHECK(contains(only(check_every_source_is_built(named)), "tests/app/geo/place_test.cpp: is in no target"));
  const Tree commented = tree_with({{"tests/app/geo/CMakeLists.txt", "# kuangxun_test(app/geo LINKS app/geo)"}});
  CHECK(contains(only(check_every_source_is_built(commented)), "tests/app/geo/place_test.cpp: is in no target"));
}

TEST_CASE("a source in a folder without a target") {
  const Tree tree = tree_with({{"app/geo/deep/well.cpp", ""}});
  CHECK(contains(only(check_every_source_is_built(tree)), "app/geo/deep/well.cpp: its folder has no CMakeLists.txt"));
}

TEST_CASE("an include of a folder that is not linked") {
  const Tree tree = tree_with({{"app/geo/CMakeLists.txt", "kuangxun_library(app/geo SOURCES place.cpp)"}});
  CHECK(contains(only(check_includes(tree)), "app/geo/place.cpp:2: includes db/base/store.h"));
}

TEST_CASE("a link reaches what the linked folder links") {
  const Tree tree = tree_with({{"tests/app/geo/place_test.cpp", "#include \"db/base/store.h\"\n"}});
  CHECK(check_includes(tree).empty());
}

TEST_CASE("includes that are not from the root, of nothing, or of tests") {
  const auto place_with = [](const std::string& line) { return tree_with({{"app/geo/place.cpp", line + "\n"}}); };
  CHECK(contains(only(check_includes(place_with("#include \"place.h\""))), "included from the root"));
  CHECK(contains(only(check_includes(place_with("#include \"app/geo/gone.h\""))), "there is no app/geo/gone.h"));
  CHECK(contains(only(check_includes(place_with("#include \"tests/app/geo/x.h\""))), "the product includes tests"));
}

TEST_CASE("handles of fields and choices: made for what is described, where db/records is linked") {
  const Files records = {{"db/records/CMakeLists.txt", "kuangxun_library(db/records LINKS db/base)"},
                         {"db/records/kinds.h", "constexpr KindNumber visit = 32;\n"},
                         {"db/records/enumerations.h", "extern const EnumerationDescription state_enumeration;\n"}};
  const auto findings_of = [&](const std::string& link, const std::string& header) {
    Files changes = records;
    changes["app/geo/CMakeLists.txt"] = "kuangxun_library(app/geo SOURCES place.cpp LINKS " + link + ")";
    changes["app/geo/place.cpp"] = "#include \"db/records/" + header + ".h\"\n";
    return check_includes(tree_with(changes)).size();
  };
  CHECK(findings_of("db/records", "handles/visit") == 0);
  CHECK(findings_of("db/records", "handles/common") == 0);
  CHECK(findings_of("db/records", "handles/visitor") == 1);
  CHECK(findings_of("db/base", "handles/visit") == 1);
  CHECK(findings_of("db/records", "choices/state") == 0);
  CHECK(findings_of("db/records", "choices/visit") == 1);
  CHECK(findings_of("db/base", "choices/state") == 1);
}

TEST_CASE("an outside library in a second folder") {
  const Tree tree = tree_with({{"app/geo/place.cpp", "#include <sqlite3.h>\n"}});
  CHECK(contains(only(check_outside_libraries(tree)), "app/geo, db/base: SQLite is included in more than one folder"));
  const std::string reason = "- SQLite in two folders: a reason\n";
  CHECK(check_outside_libraries(tree_with({{"app/geo/place.cpp", "#include <sqlite3.h>\n"}, {"README.md", reason}}))
            .empty());
  CHECK(contains(only(check_outside_libraries(tree_with({{"README.md", reason}}))), "SQLite is not needed"));
}

TEST_CASE("a header of no known library") {
  const Tree tree = tree_with({{"app/geo/place.cpp", "#include <shiny/new.hpp>\n"}});
  CHECK(contains(only(check_outside_libraries(tree)), "<shiny/new.hpp> is of no known library"));
}

TEST_CASE("README's map: a missing folder, one too many, a wrong library, a wrong order") {
  const std::string base = "| `db/base` | ground | SQLite |\n";
  const std::string geo = "| `app/geo` | places | – |\n";
  const auto map_of = [](const std::string& readme) { return check_readme_map(tree_with({{"README.md", readme}})); };
  CHECK(contains(only(map_of(base)), "must show app/geo once"));
  CHECK(contains(only(map_of(base + geo + geo)), "must show app/geo once"));
  CHECK(contains(only(map_of(base + geo + "| `sync/wire` | messages | – |\n")), "sync/wire, which does not exist"));
  CHECK(contains(only(map_of("| `db/base` | ground | – |\n" + geo)), "it includes SQLite"));
  CHECK(contains(only(map_of(base + "| `app/geo` | places | GeographicLib |\n")), "it includes –"));
  CHECK(contains(only(map_of(geo + base)), "order is not that of CMakeLists.txt"));
}

TEST_CASE("a file, a line and a function that are too long") {
  CHECK(check_sizes(tree_with({{"app/geo/place.h", lines_of(500, "int a;")}})).empty());
  CHECK(contains(only(check_sizes(tree_with({{"app/geo/place.h", lines_of(501, "int a;")}}))), "501 lines"));

  std::string chinese;
  for (int at = 0; at < 120; ++at) chinese += "矿";
  CHECK(check_sizes(tree_with({{"app/geo/place.h", "\n" + chinese + "\n"}})).empty());
  CHECK(contains(only(check_sizes(tree_with({{"app/geo/place.h", "\n" + chinese + "a\n"}}))),
                 "place.h:2: 121 characters"));

  const auto body = [](std::size_t lines) { return "\nint f(int a) {\n" + lines_of(lines - 2, "  ++a;") + "}\n"; };
  CHECK(check_sizes(tree_with({{"app/geo/place.cpp", body(70)}})).empty());
  CHECK(
      contains(only(check_sizes(tree_with({{"app/geo/place.cpp", body(71)}}))), "place.cpp:2: a function of 71 lines"));
}

TEST_CASE("long functions are found inside classes, after initialisers, past braces in strings") {
  const std::string long_body = lines_of(80, "  ++a;");
  const auto findings_of = [](const std::string& text) {
    return check_sizes(tree_with({{"app/geo/place.cpp", text}}));
  };
  CHECK(only(findings_of("namespace n {\nclass C {\n  void f() const {\n" + long_body + "  }\n};\n}\n")).find(":3:") !=
        std::string::npos);
  CHECK(findings_of("struct S {\n  S(int b) : a{b} {\n" + long_body + "  }\n  int a;\n};\n").size() == 1);
  CHECK(findings_of("const char* brace = \"{\"; // }\nchar c = '{';\nvoid f() {\n" + long_body + "}\n").size() == 1);
  CHECK(findings_of("#define OPEN {\nvoid f() {\n" + long_body + "}\n").size() == 1);
  // A long table is not a function, and a long class is only as long as its functions.
  CHECK(findings_of("constexpr int table[] = {\n" + lines_of(80, "  1,") + "};\n").empty());
  CHECK(findings_of("class C {\n" + lines_of(80, "  void f() { g(); }") + "};\n").empty());
}

TEST_CASE("unfinished marks, machine paths, time and chance past their ports") {
  const auto findings_of = [](const std::string& path, const std::string& text) {
    return check_words(tree_with({{path, text}}));
  };
  CHECK(contains(only(findings_of("app/geo/place.cpp",
                                  "\n// TO"
                                  "DO later\n")),
                 "place.cpp:2: TO"
                 "DO: "));
  CHECK(findings_of("packaging/run.sh",
                    "# FIX"
                    "ME\n")
            .size() == 1);
  CHECK(findings_of("README.md",
                    "see /ho"
                    "me/someone/notes\n")
            .size() == 1);
  CHECK(findings_of("app/geo/place.cpp", "auto now = std::chrono::system_clock::now();\n").size() == 1);
  CHECK(findings_of("db/base/store.cpp", "auto now = std::chrono::system_clock::now();\n").empty());
  CHECK(findings_of("app/geo/place.cpp", "std::random_device device;\n").size() == 1);
  CHECK(findings_of("app/geo/place.cpp", "// a system_clocked thing\n").empty());
}

namespace {

// "rule where count" of the only excess.
std::string only(const Excesses& excesses) {
  std::string all;
  for (const Excess& excess : excesses) all += excess.rule + " " + excess.where + ": " + excess.what + "\n";
  INFO(all);
  REQUIRE(excesses.size() == 1);
  return excesses[0].rule + " " + excesses[0].where + " " + std::to_string(excesses[0].count);
}

Excesses wide_classes(const std::string& header) {
  const Tree tree = tree_with({{"app/geo/place.h", header}});
  return find_wide_classes(read_declarations(tree));
}

}  // namespace

TEST_CASE("more than forty sources directly in a folder") {
  Files files;
  for (int at = 0; at < 38; ++at) files["app/geo/a" + std::to_string(at) + ".h"] = "";
  CHECK(find_full_folders(tree_with(files)).empty());
  files["app/geo/one_more.h"] = "";
  CHECK(only(find_full_folders(tree_with(files))) == "folder-files app/geo 41");
}

TEST_CASE("a folder without tests, and one whose tests are no program") {
  const Tree none = tree_with({{"tests/app/geo/CMakeLists.txt", "kuangxun_library(tests/app/geo LINKS app/geo)"}});
  const Excesses excesses = find_untested_folders(none);
  CHECK(excesses.size() == 2);  // and db/base, which the sound tree does not test
  CHECK(excesses[0].where == "app/geo");
  CHECK(excesses[1].where == "db/base");
}

TEST_CASE("a folder without a page of its own, which the page above may stand for") {
  const std::string page = "# A folder\n\nWhat it is for.\n";
  const auto excesses_of = [&](const Files& pages) {
    Files changes = {{"db/base/README.md", page}};
    changes.insert(pages.begin(), pages.end());
    return find_folders_without_page(tree_with(changes));
  };
  CHECK(excesses_of({{"app/geo/README.md", page}}).empty());
  CHECK(only(excesses_of({})) == "no-page app/geo 1");
  CHECK(only(excesses_of({{"app/geo/README.md", "# A heading alone\n\n"}})) == "no-page app/geo 1");
  CHECK(only(excesses_of({{"app/geo/README.md", "Nothing that opens it.\n"}})) == "no-page app/geo 1");

  const std::string targets = "kuangxun_library(app/geo/deep SOURCES well.cpp)";
  const std::string above = page + "Below it lies `deep`.\n";
  CHECK(excesses_of({{"app/geo/README.md", above}, {"app/geo/deep/CMakeLists.txt", targets}}).empty());
  CHECK(only(excesses_of({{"app/geo/README.md", page}, {"app/geo/deep/CMakeLists.txt", targets}})) ==
        "no-page app/geo/deep 1");
}

TEST_CASE("a page that names a file which is not there") {
  const auto findings_of = [](const std::string& row) {
    return check_pages(tree_with({{"app/geo/README.md", "# A folder\n\n| files | what |\n|---|---|\n" + row + "\n"},
                                  {"app/geo/deep/CMakeLists.txt", "kuangxun_library(app/geo/deep SOURCES well.cpp)"}}));
  };
  CHECK(findings_of("| `place`, `deep` and `pl*` | `gone` stands in words |").empty());
  CHECK(contains(only(findings_of("| `place`, `line` | places |")), "app/geo/README.md:5: there is no app/geo/line"));
  CHECK(contains(only(findings_of("| places | `line*` |")), "there is no app/geo/line*"));
}

TEST_CASE("sources that include each other in a circle, over their headers or not") {
  CHECK(find_cycles(tree_with({})).empty());
  const Tree tree = tree_with({{"app/geo/place.cpp", "#include \"app/geo/place.h\"\n#include \"app/geo/line.h\"\n"},
                               {"app/geo/line.h", ""},
                               {"app/geo/line.cpp", "#include \"app/geo/line.h\"\n#include \"app/geo/area.h\"\n"},
                               {"app/geo/area.h", "#include \"app/geo/place.h\"\n"},
                               {"app/geo/apart.h", "#include \"app/geo/place.h\"\n"}});
  CHECK(only(find_cycles(tree)) == "cycle app/geo 3");
}

TEST_CASE("a .cpp that reaches too many headers, through others too") {
  Files files;
  std::string includes;
  for (int at = 0; at < 30; ++at) {
    const std::string number = std::to_string(at);
    files["app/geo/a" + number + ".h"] = "#include \"db/base/b" + number + ".h\"\n";
    files["db/base/b" + number + ".h"] = "#include <vector>\n";
    includes += "#include \"app/geo/a" + number + ".h\"\n#include \"generated/c" + number + ".h\"\n";
  }
  files["app/geo/place.cpp"] = includes;
  CHECK(measure_reach(tree_with(files)).excesses.empty());
  files["app/geo/place.cpp"] += "#include \"db/base/store.h\"\n";
  const Reach reach = measure_reach(tree_with(files));
  CHECK(only(reach.excesses) == "reached-headers app/geo 61");
  CHECK(reach.median == 61);  // of store.cpp's one and place.cpp's
}

TEST_CASE("a class of more than 25 methods, without its overrides") {
  const std::string rest = "  void over() override;\n  ~C() override = default;\n  std::function<void(int)> member_;\n";
  const auto class_of = [&](std::size_t methods) {
    return "namespace n {\nclass C final : public B {\n public:\n" +
           lines_of(methods, "  [[nodiscard]] int f(int a = g());") + rest + "};\n}\n";
  };
  CHECK(wide_classes(class_of(25)).empty());
  CHECK(only(wide_classes(class_of(26))) == "class-methods app/geo/place.h:C 26");
  // Those with bodies count; what a nested class has is its own, and what bodies call is nothing.
  CHECK(only(wide_classes("struct S {\n" + lines_of(26, "  int f() const { return g(h()); }") + "};\n")) ==
        "class-methods app/geo/place.h:S 26");
  CHECK(wide_classes("struct S {\n" + lines_of(20, "  int f();") + "  struct In {\n" + lines_of(20, "    int f();") +
                     "  };\n" + lines_of(5, "  int f();") + "};\n")
            .empty());
  CHECK(
      wide_classes("struct S {\n" + lines_of(30, "  int a{g(1)};") + lines_of(30, "  int b = g(1);") + "};\n").empty());
}

TEST_CASE("declarations that nobody uses, or only tests") {
  const auto findings_of = [](const std::string& header, const std::string& source, const std::string& test) {
    const Tree tree = tree_with({{"app/geo/place.h", header},
                                 {"app/geo/place.cpp", source},
                                 {"db/base/store.h", ""},
                                 {"tests/app/geo/place_test.cpp", test}});
    return find_unused_declarations(read_declarations(tree));
  };
  CHECK(findings_of("int place();\n", "int place() { return 1; }\nint x = place();\n", "").empty());
  CHECK(only(findings_of("int place();\n", "int place() { return 1; }  // place()\n", "")) == "unused app/geo 1");
  CHECK(only(findings_of("int place();\n", "int place() { return 1; }\n", "int x = place();\n")) ==
        "used-by-tests-only app/geo 1");
  CHECK(only(findings_of("class C {\n public:\n  int m() const;\n};\nC made();\n",
                         "int C::m() const { return 1; }\nC made() { return {}; }\nauto x = made();\n", "")) ==
        "unused app/geo 1");
  CHECK(only(findings_of("struct Lost {};\n", "", "")) == "unused app/geo 1");
  CHECK(only(findings_of("constexpr int a_max = 1;\nconstexpr int b_max{2};\n", "int x = a_max;\n", "")) ==
        "unused app/geo 1");
  CHECK(findings_of("struct another_library_s;\n", "", "").empty());
  // What an override does is called by its base's name, and a constructor is called by its class's.
  CHECK(
      findings_of("struct S : B {\n  S(int a);\n  void over() override;\n};\n", "S::S(int) {}\nS s(1);\n", "").empty());
}

TEST_CASE("the ratchet holds what is listed, takes nothing more, and tells when less will do") {
  const Excesses tree = {{"cycle", "app/geo", 3, "three"}, {"untested", "db/base", 1, "none"}};
  CHECK(check_ratchet(tree, read_ratchet("rule,where,allowed\ncycle,app/geo,3\nuntested,db/base,1\n")).empty());
  const auto finding_with = [&](const std::string& rows) {
    return only(check_ratchet(tree, read_ratchet("rule,where,allowed\nuntested,db/base,1\n" + rows)));
  };
  CHECK(contains(finding_with(""), "app/geo: cycle: three"));
  CHECK(contains(finding_with("cycle,app/geo,2\n"), "three (2 are listed, and may only become less)"));
  CHECK(contains(finding_with("cycle,app/geo,4\n"), "cycle,app/geo,4: write 3"));
  CHECK(contains(finding_with("cycle,app/geo,3\ncycle,app/gone,2\n"), "cycle,app/gone,2: delete it"));
  CHECK(contains(finding_with("cycle,app/geo,3\nnonsense\n"), "nonsense"));
  const auto listed = read_ratchet("rule,where,allowed\ncycle,app/geo,4\nuntested,db/gone,1\n");
  CHECK(check_ratchet(tree, read_ratchet(whole_ratchet(tree))).empty());
  CHECK(shrunk_ratchet(tree, listed) == "rule,where,allowed\ncycle,app/geo,3\n");
}
