// Help walks the same description as reading does.
#include <doctest/doctest.h>

#include "app/command_line/nearest.h"
#include "app/command_line/reading.h"
#include "db/language/language.h"

using namespace kuangxun;
using namespace kuangxun::command_line;

namespace {

struct Dig final : Command {
  std::string file;
  std::vector<std::string> points;
  std::string why;
  bool is_deep = false;

  void describe(WordList& words) override {
    words.about("digs");
    words.argument("FILE", file, "a file");
    words.argument("POINT", points, "points").optional();
    words.option("--reason", "TEXT", why, "why").required();
    words.flag("-d,--deep", is_deep, "deeply");
    words.more("Depths: any");
  }
};

struct Mine final : Group {
  void describe(WordList& words) override { words.about("a mine"); }
};

const Registered<Dig> dig("mine dig", 31);
const Registered<Mine> mine("mine", 30);

std::string help(std::vector<const char*> words) {
  Program program;
  program.name = "tool";
  program.beside_all = "with every command";
  program.words.about("a tool");
  program.words.more("codes");
  words.insert(words.begin(), "tool");
  const auto typed = read(program, static_cast<int>(words.size()), words.data());
  REQUIRE(typed.ok());
  CHECK(typed->command == nullptr);
  return typed->help.value_or("");
}

}  // namespace

TEST_CASE("the program's help, a group's and a command's") {
  set_language(Language::english);
  CHECK(help({"mine", "--help"}) ==
        "a mine\nUsage: tool mine [OPTIONS] COMMAND …\n\nOptions:\n  -h,--help  show this help\n\nCommands:\n"
        "  dig  digs\n\nwith every command\n");
  CHECK(help({"mine", "dig", "-h"}) ==
        "digs\nUsage: tool mine dig [OPTIONS] FILE [POINT …]\n\nArguments:\n  FILE   a file\n  POINT  points\n\n"
        "Options:\n  -h,--help      show this help\n  --reason TEXT  why (required)\n  -d,--deep      deeply\n\n"
        "with every command\n\nDepths: any\n");
  const std::string all = help({"--help"});
  CHECK(all.starts_with("a tool\nUsage: tool [OPTIONS] COMMAND …\n"));
  CHECK(all.ends_with("\ncodes\n"));
  CHECK(all.find("\n  mine     a mine\n") != std::string::npos);
}

TEST_CASE("who asks for help gets it, whatever else is wrong") {
  set_language(Language::english);
  CHECK(help({"mine", "dig", "--colour", "--help"}).starts_with("digs\n"));
  CHECK(help({"dance", "--help"}).starts_with("a tool\n"));
  CHECK(help({"mine", "dig", "--reason", "--help"}).starts_with("digs\n"));
}

TEST_CASE("help counts a Chinese character as two columns") {
  set_language(Language::chinese);
  CHECK(help({"mine", "dig", "--help"}).find("\n  -h,--help      显示这份说明\n") != std::string::npos);
  set_language(Language::english);
}

TEST_CASE("what was probably meant") {
  const std::vector<std::string> names = {"list", "show", "set", "void", "coordinates"};
  CHECK(nearest("lst", names) == "list");
  CHECK(nearest("shwo", names) == "show");
  CHECK(nearest("cordinaets", names) == "coordinates");
  CHECK(nearest("dance", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest("s", names).empty());
  CHECK(nearest("set", {"get", "let"}).empty());
  CHECK(nearest(std::string(1'000'000, 'x'), names).empty());
}
