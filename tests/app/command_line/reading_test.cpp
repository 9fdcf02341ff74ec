// Each kind of mistake at a keyboard, and what is said of it in both languages.
#include <doctest/doctest.h>

#include "app/command_line/reading.h"
#include "db/language/language.h"

using namespace kuangxun;
using namespace kuangxun::command_line;

namespace {

struct Measure final : Command {
  std::string name;
  std::string level = "high";
  std::uint32_t epoch = 0;
  std::int64_t seconds = 0;
  std::vector<std::string> values;
  std::string take;
  std::string output;
  bool is_dry = false;
  std::vector<std::string> rest;

  void describe(WordList& words) override {
    words.about("measures");
    words.argument("NAME", name, "a name");
    words.argument("REST", rest, "more").optional();
    words.option("--level", "LEVEL", level, "a level").one_of({"high", "low"});
    words.option("--epoch", "N", epoch, "an epoch");
    words.option("--seconds", "N", seconds, "seconds").within(1, 60);
    words.option("--take", "OPERATION", take, "takes");
    words.option("--value", "FIELD=VALUE", values, "values").excludes("--take");
    words.option("-o,--output", "FILE", output, "a file").required();
    words.flag("--dry-run", is_dry, "a trial");
  }
};

struct Park final : Command {
  void describe(WordList& words) override { words.about("parks"); }
};

struct Garden final : Group {
  void describe(WordList& words) override { words.about("gardens"); }
};

const Registered<Measure> measure("measure", 10);
const Registered<Garden> garden("garden", 20);
const Registered<Park> park("garden park", 21);

struct Asked {
  bool is_json = false;
  std::string data;
  Result<Typed> typed;
};

Asked ask(std::vector<const char*> words) {
  Asked asked{false, {}, Typed()};
  Program program;
  program.name = "tool";
  program.words.about("a tool");
  program.words.flag("--json", asked.is_json, "JSON");
  program.words.option("--data", "DIR", asked.data, "a folder");
  words.insert(words.begin(), "tool");
  asked.typed = read(program, static_cast<int>(words.size()), words.data());
  return asked;
}

// The words of a mistake: in English, then in Chinese, each whole.
void told(const std::vector<const char*>& words, const std::string& english, const std::string& chinese) {
  for (const auto& [language, expected] :
       {std::pair(Language::english, &english), std::pair(Language::chinese, &chinese)}) {
    set_language(language);
    const Asked asked = ask(words);
    REQUIRE_MESSAGE(!asked.typed.ok(), *expected);
    CHECK(asked.typed.error().code() == ErrorCode::usage);
    CHECK(asked.typed.error().message() == *expected);
  }
  set_language(Language::english);
}

Measure& measured(Asked& asked) {
  REQUIRE_MESSAGE(asked.typed.ok(), (asked.typed.ok() ? "" : asked.typed.error().message()));
  return dynamic_cast<Measure&>(*asked.typed->command);
}

}  // namespace

TEST_CASE("what is right: before, behind, joined, short, many, ended by --") {
  set_language(Language::english);
  SUBCASE("options stand before and behind arguments, those of the program too") {
    Asked asked = ask({"--data", "d", "measure", "--level", "low", "a", "--output=x", "--json", "b", "c"});
    CHECK(measured(asked).name == "a");
    CHECK(measured(asked).rest == std::vector<std::string>{"b", "c"});
    CHECK(measured(asked).level == "low");
    CHECK(measured(asked).output == "x");
    CHECK(asked.is_json);
    CHECK(asked.data == "d");
    CHECK(asked.typed->name == "measure");
  }
  SUBCASE("short ones, with and without a blank") {
    for (const auto& words : {std::vector<const char*>{"measure", "a", "-o", "x"}, {"measure", "a", "-ox"}}) {
      Asked asked = ask(words);
      CHECK(measured(asked).output == "x");
    }
  }
  SUBCASE("one that takes many takes all up to the next option, and may come again") {
    Asked asked = ask({"measure", "a", "--value", "b=1", "c=2", "-o", "x", "--value", "d=3"});
    CHECK(measured(asked).values == std::vector<std::string>{"b=1", "c=2", "d=3"});
  }
  SUBCASE("a number below zero is no option, and a value may look like one behind =") {
    Asked asked = ask({"measure", "-35.5", "-o", "--nothing", "--take=--json"});
    CHECK(measured(asked).name == "-35.5");
    CHECK(measured(asked).output == "--nothing");
    CHECK(measured(asked).take == "--json");
    CHECK_FALSE(asked.is_json);
  }
  SUBCASE("behind -- all are arguments") {
    Asked asked = ask({"measure", "-o", "x", "--", "--level", "garden"});
    CHECK(measured(asked).name == "--level");
    CHECK(measured(asked).rest == std::vector<std::string>{"garden"});
  }
  SUBCASE("an empty word is a word") {
    Asked asked = ask({"measure", "", "-o", ""});
    CHECK(measured(asked).name.empty());
  }
  SUBCASE("a command below another") {
    const Asked asked = ask({"garden", "park"});
    REQUIRE(asked.typed.ok());
    CHECK(asked.typed->name == "garden park");
  }
}

TEST_CASE("an unknown command, and the one that was probably meant") {
  told({"dance"}, "wrong use: there is no command \"dance\" (see tool --help)",
       "用法不对：没有命令“dance”（见 tool --help）");
  told({"mesure"}, "wrong use: there is no command \"mesure\"; did you mean measure? (see tool --help)",
       "用法不对：没有命令“mesure”；是不是 measure？（见 tool --help）");
  told({"garden", "prak"}, "wrong use: \"garden\" has no command \"prak\"; did you mean park? (see tool garden --help)",
       "用法不对：“garden”没有命令“prak”；是不是 park？（见 tool garden --help）");
  told({"garden"}, "wrong use: a command is missing (see tool garden --help)",
       "用法不对：缺少命令（见 tool garden --help）");
  told({}, "wrong use: a command is missing (see tool --help)", "用法不对：缺少命令（见 tool --help）");
}

TEST_CASE("an unknown option, and the one that was probably meant") {
  told({"measure", "a", "-o", "x", "--colour"},
       "wrong use: \"measure\" has no option --colour (see tool measure --help)",
       "用法不对：“measure”没有选项 --colour（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--levle", "low"},
       "wrong use: \"measure\" has no option --levle; did you mean --level? (see tool measure --help)",
       "用法不对：“measure”没有选项 --levle；是不是 --level？（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--jsn"},
       "wrong use: \"measure\" has no option --jsn; did you mean --json? (see tool measure --help)",
       "用法不对：“measure”没有选项 --jsn；是不是 --json？（见 tool measure --help）");
  told({"--dat", "x", "measure"}, "wrong use: there is no option --dat; did you mean --data? (see tool measure --help)",
       "用法不对：没有选项 --dat；是不是 --data？（见 tool measure --help）");
  told({"measure", "a", "-x"}, "wrong use: \"measure\" has no option -x (see tool measure --help)",
       "用法不对：“measure”没有选项 -x（见 tool measure --help）");
}

TEST_CASE("something is missing") {
  told({"measure"}, "wrong use: NAME is missing (see tool measure --help)",
       "用法不对：缺少 NAME（见 tool measure --help）");
  told({"measure", "a"}, "wrong use: --output is missing (see tool measure --help)",
       "用法不对：缺少 --output（见 tool measure --help）");
  told({"measure", "a", "--level"}, "wrong use: something is missing after --level (see tool measure --help)",
       "用法不对：--level 后面缺少内容（见 tool measure --help）");
  told({"measure", "a", "--output", "--level", "low"},
       "wrong use: something is missing after --output (see tool measure --help)",
       "用法不对：--output 后面缺少内容（见 tool measure --help）");
}

TEST_CASE("a value that is none") {
  told({"measure", "a", "-o", "x", "--level", "lwo"},
       "wrong use: --level is one of high, low, not \"lwo\"; did you mean low? (see tool measure --help)",
       "用法不对：--level 只能是 high、low，不能是“lwo”；是不是 low？（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--seconds", "soon"},
       "wrong use: --seconds takes a whole number, not \"soon\" (see tool measure --help)",
       "用法不对：--seconds 后面应为整数，不能是“soon”（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--seconds", "1.5"},
       "wrong use: --seconds takes a whole number, not \"1.5\" (see tool measure --help)",
       "用法不对：--seconds 后面应为整数，不能是“1.5”（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--seconds", "61"},
       "wrong use: --seconds goes from 1 to 60, not 61 (see tool measure --help)",
       "用法不对：--seconds 应在 1 到 60 之间，不能是 61（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--epoch", "-1"},
       "wrong use: --epoch goes from 0 to 4294967295, not -1 (see tool measure --help)",
       "用法不对：--epoch 应在 0 到 4294967295 之间，不能是 -1（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--epoch", "99999999999999999999"},
       "wrong use: --epoch goes from 0 to 4294967295, not 99999999999999999999 (see tool measure --help)",
       "用法不对：--epoch 应在 0 到 4294967295 之间，不能是 99999999999999999999（见 tool measure --help）");
}

TEST_CASE("too much") {
  told({"garden", "park", "b"}, "wrong use: one word too many: b (see tool garden park --help)",
       "用法不对：多了一个词：b（见 tool garden park --help）");
  told({"measure", "a", "-o", "x", "-o", "y"}, "wrong use: --output is given twice (see tool measure --help)",
       "用法不对：--output 给了两次（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--dry-run=yes"}, "wrong use: --dry-run takes no value (see tool measure --help)",
       "用法不对：--dry-run 后面不带值（见 tool measure --help）");
  told({"measure", "a", "-o", "x", "--take", "1", "--value", "b=c"},
       "wrong use: only one of these options can be used: --take, --value (see tool measure --help)",
       "用法不对：这些选项只能用一个：--take、--value（见 tool measure --help）");
}

TEST_CASE("what was typed is shown shortened, and never breaks the line") {
  set_language(Language::english);
  const std::string typed = "a\nb" + std::string(10'000, 'x') + "\xff";
  const Asked asked = ask({typed.c_str()});
  REQUIRE_FALSE(asked.typed.ok());
  const std::string message = asked.typed.error().message();
  CHECK(message.find('\n') == std::string::npos);
  CHECK(message.size() < 400);
}

TEST_CASE("the first mistake is the one that is told") {
  told({"measure", "--level", "no", "--epoch", "soon", "--colour"},
       "wrong use: --level is one of high, low, not \"no\" (see tool measure --help)",
       "用法不对：--level 只能是 high、low，不能是“no”（见 tool measure --help）");
}
