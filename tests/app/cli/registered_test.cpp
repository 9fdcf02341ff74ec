// A command is one file: none is forgotten by the linker, and each tells of itself in both languages.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "app/command_line/command.h"
#include "tests/app/program/program.h"

namespace kuangxun::tests {

TEST_CASE("each file of a command is one registered command") {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder() + "/app/cli")) {
    const bool is_below = entry.path().parent_path().filename() != "cli";
    if (is_below && entry.path().extension() == ".cpp") files.insert(entry.path().string());
  }
  CHECK(files.size() > 50);
  CHECK(command_line::registered_commands().size() == files.size());
}

TEST_CASE("every command is helped in one language, all of its words are explained") {
  Program program;
  for (const std::string& language : {std::string("zh"), std::string("en")}) {
    program.language = language;
    for (const command_line::Entry& entry : command_line::registered_commands()) {
      CAPTURE(entry.words);
      std::vector<std::string> words;
      for (const std::string_view word : split(entry.words, ' ')) words.emplace_back(word);
      words.emplace_back("--help");
      const Outcome help = program.run_words(words);
      CHECK(help.exit_code == 0);
      CHECK(help.err.empty());
      const std::string usage = "kuangxun " + std::string(entry.words);
      CHECK(contains(help.out, (language == "zh" ? "用法：" : "Usage: ") + usage));
      CHECK(contains(help.out, language == "zh" ? "选项：" : "Options:"));
      CHECK_FALSE(contains(help.out, language == "zh" ? "Usage" : "用法"));
    }
  }
}

TEST_CASE("a command of two words stands below a heading") {
  std::set<std::string_view> known;
  for (const command_line::Entry& entry : command_line::registered_commands()) known.insert(entry.words);
  for (const std::string_view words : known) {
    const std::size_t at = words.rfind(' ');
    if (at != std::string_view::npos) CHECK_MESSAGE(known.contains(words.substr(0, at)), words);
  }
}

}  // namespace kuangxun::tests
