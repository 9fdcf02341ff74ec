#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

#include "db/base/files.h"
#include "tests/db/language/po_file.h"
#include "tests/support/where.h"

// No string that people see without an entry in the Chinese catalogue, and no entry that nobody says.
using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Key = std::pair<std::string, std::string>;

std::string text_of(const std::filesystem::path& path) {
  auto text = read_text_file(path, 1 << 22);
  REQUIRE_MESSAGE(text.ok(), path.string());
  return std::move(*text);
}

std::vector<std::filesystem::path> sources() {
  std::vector<std::filesystem::path> found;
  for (const char* part : {"app", "db", "sync"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder() + "/" + part)) {
      const auto extension = entry.path().extension();
      const bool is_language = entry.path().string().find("/db/language/") != std::string::npos;
      if ((extension == ".cpp" || extension == ".h") && !is_language) found.push_back(entry.path());
    }
  }
  return found;
}

std::map<Key, std::string> messages_said() {
  std::map<Key, std::string> said;
  for (const auto& path : sources()) {
    const std::string text = text_of(path);
    std::vector<MessageFunction> functions = {{"say", 0}, {"say_text", 0}, {"say_with", 0}, {"phrase", 0}};
    for (MessageFunction& function : functions_with_messages(text)) functions.push_back(std::move(function));
    for (const PoEntry& message : messages_in(text, functions))
      said.emplace(Key{message.context, message.english}, path.string());
  }
  return said;
}

std::vector<PoEntry> chinese_entries() {
  return read_po(text_of(source_folder() + "/assets/languages/zh.po"));
}

}  // namespace

TEST_CASE("every message has its Chinese words, and no words are left that nobody says") {
  const auto said = messages_said();
  CHECK(said.size() > 2000);
  std::set<Key> held;
  for (const PoEntry& entry : chinese_entries()) {
    CHECK_MESSAGE(!entry.words.empty(), "not translated: ", entry.english);
    CHECK_MESSAGE(held.insert({entry.context, entry.english}).second, "twice: ", entry.english);
  }
  for (const auto& [message, where] : said)
    CHECK_MESSAGE(held.contains(message), where, " says what zh.po lacks: ", message.first, " | ", message.second);
  for (const Key& key : held)
    CHECK_MESSAGE(said.contains(key), "zh.po has what nobody says: ", key.first, " | ", key.second);
}

TEST_CASE("messages are found in a source as it is written") {
  const std::string source = R"(
    Error damaged(MessageId id, int at);
    const auto told = [&](const Path& path, MessageId id) { return say_with(id, {}); };
    say_text("one"); say(in_context("list", ", ")) + say_with("two {0} "
        "go on", {say("inner")});
    return damaged("three", 3) + told(path(a, b), "four") + essay("not ours") + say(other);)";
  auto functions = functions_with_messages(source);
  REQUIRE(functions.size() == 2);
  CHECK(functions[1].name == "told");
  CHECK(functions[1].position == 1);
  for (const char* name : {"say", "say_text", "say_with"}) functions.push_back({name, 0});
  std::set<std::string> found;
  for (const PoEntry& message : messages_in(source, functions)) found.insert(message.context + "|" + message.english);
  CHECK(found == std::set<std::string>{"|one", "list|, ", "|two {0} go on", "|inner", "|three", "|four"});
}
