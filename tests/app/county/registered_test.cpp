// A command is one file: none is forgotten by the linker. Help, and what is said of wrong use, is in one language.
#include <doctest/doctest.h>

#include <regex>
#include <set>

#include "app/command_line/command.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

Ran run_in(const std::string& language, const std::vector<std::string>& more) {
  std::vector<std::string> words = {program, "--lang", language};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  for (const std::string_view word : split(command, ' ')) words.emplace_back(word);
  return words;
}

bool has_chinese(const std::string& text) {
  return std::ranges::any_of(code_points(text), [](char32_t point) { return 0x3000 <= point && point <= 0x9FFF; });
}

// Words of English sentences; names of options, of values and of things are not.
bool has_english(const std::string& text) {
  static const std::regex english("\\b(the|of|and|is|are|with|for|what|print|show|write|read|new|first|where)\\b");
  static const std::regex names("--[a-z-]+|kuangxun-county( [a-z-]+)*");
  std::string lines;
  for (const std::string_view line : split(text, '\n')) {
    // Of "  enrol      print …" what stands behind the name.
    const std::size_t name = line.find_first_not_of(' ');
    const std::size_t end = name == 0 || name == std::string_view::npos ? 0 : line.find(' ', name);
    if (end != std::string_view::npos) lines += std::string(line.substr(end)) + "\n";
  }
  return std::regex_search(std::regex_replace(lines, names, ""), english);
}

}  // namespace

TEST_CASE("each file of a command is one registered command") {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder() + "/app/county")) {
    const std::string folder = entry.path().parent_path().filename().string();
    const bool is_below = folder != "county" && folder != "main";
    if (is_below && entry.path().extension() == ".cpp") files.insert(entry.path().string());
  }
  CHECK(files.size() > 35);
  CHECK(command_line::registered_commands().size() == files.size());
}

TEST_CASE("every help is in one language") {
  std::vector<std::vector<std::string>> all = {{}};
  for (const auto& entry : command_line::registered_commands()) all.push_back(words_of(entry.words));
  for (std::vector<std::string>& words : all) {
    CAPTURE(words);
    words.emplace_back("--help");
    const Ran english = run_in("en", words);
    CHECK(english.exit_code == 0);
    CHECK(english.err.empty());
    CHECK(english.out.find("Usage: kuangxun-county") != std::string::npos);
    // Names of languages' codes and of the county stay.
    CHECK_MESSAGE(!has_chinese(english.out), english.out);
    const Ran chinese = run_in("zh", words);
    CHECK(chinese.exit_code == 0);
    CHECK(chinese.out.find("用法：kuangxun-county") != std::string::npos);
    CHECK_MESSAGE(!has_english(chinese.out), chinese.out);
    CHECK(chinese.out.find(" / ") == std::string::npos);
  }
}

TEST_CASE("Chinese unless told") {
  CHECK(run_program({program, "--help"}).out.find("用法：kuangxun-county") != std::string::npos);
}

TEST_CASE("wrong use is told in one line, in the language that was chosen") {
  struct Mistake {
    std::vector<std::string> words;
    const char* english;
    const char* chinese;
  };
  const std::vector<std::string> store = {"--store", "sqlite:/nowhere/at/all.gpkg"};
  const std::vector<Mistake> mistakes = {
      {{"dance"}, "there is no command \"dance\"", "没有命令“dance”"},
      {{"stauts"}, "did you mean status?", "是不是 status？"},
      {{"people", "enrl"}, "did you mean enrol?", "是不是 enrol？"},
      {{"keys"}, "a command is missing", "缺少命令"},
      {{"revoke", "x"}, "--reason is missing", "缺少 --reason"},
      {{"status", "--jsn"}, "did you mean --json?", "是不是 --json？"},
      {{"quarantine", "add", "x", "--first", "one"}, "--first takes a whole number", "--first 后面应为整数"},
      {{"serve", "--listen", "127.0.0.1:0", "--every", "0"}, "--every goes from 1 to 8784", "--every 应在 1 到 8784"},
      {{"positioning", "set", "--sentences", "maybe"}, "--sentences is one of yes, no", "--sentences 只能是 yes、no"},
      {{"look", "a", "b"}, "one word too many: b", "多了一个词：b"},
      {{"serve", "--listen"}, "something is missing after --listen", "--listen 后面缺少内容"},
      {{"enrol", "--name", "a", "--name", "b"}, "--name is given twice", "--name 给了两次"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.words);
    for (const auto& [language, told] : {std::pair("en", mistake.english), std::pair("zh", mistake.chinese)}) {
      std::vector<std::string> words = store;
      words.insert(words.end(), mistake.words.begin(), mistake.words.end());
      const Ran ran = run_in(language, words);
      CHECK(ran.exit_code == 2);
      CHECK(ran.out.empty());
      CHECK_MESSAGE(ran.err.find(told) != std::string::npos, ran.err);
      CHECK(ran.err.find('\n') == ran.err.size() - 1);
    }
  }
  const Ran without = run_in("zh", {"status"});
  CHECK(without.exit_code == 2);
  CHECK_MESSAGE(without.err.find("缺少 --store") != std::string::npos, without.err);
}
