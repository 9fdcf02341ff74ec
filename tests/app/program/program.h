#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "app/json/json_value.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
  // The output as JSON; null when it is none.
  json::JsonValue json() const {
    auto value = json::parse_json(out);
    return value.ok() ? *value : json::JsonValue();
  }
  bool says(std::string_view part) const { return err.find(part) != std::string::npos; }
  // Exactly one line for the person.
  bool is_one_line() const { return !err.empty() && err.find('\n') == err.size() - 1; }
};

// The real program on a data folder of its own.
class Program {
 public:
  std::string data() const { return (folder / "data").string(); }
  Outcome run(std::initializer_list<std::string> words) { return run_on(data(), words); }
  Outcome run_words(const std::vector<std::string>& words) { return run_words_on(data(), words); }
  Outcome run_on(const std::string& data_folder, std::initializer_list<std::string> words) {
    return run_words_on(data_folder, std::vector<std::string>(words));
  }
  Outcome run_words_on(const std::string& data_folder, const std::vector<std::string>& words) {
    std::string command =
        prefix + quoted(binary_folder() + "/bin/kuangxun") + " --lang " + language + " --data " + quoted(data_folder);
    for (const std::string& word : words) command += " " + quoted(word);
    const std::string out = (folder / "out").string();
    const std::string err = (folder / "err").string();
    const std::string in = (folder / "in").string();
    std::ofstream(in, std::ios::binary) << std::exchange(input, {});
    const int status = std::system((command + " <" + quoted(in) + " >" + quoted(out) + " 2>" + quoted(err)).c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
  }
  // Writes a document and records it.
  Outcome record(const std::string& document) {
    std::ofstream(folder / "document.json", std::ios::binary) << document;
    return run({"record", (folder / "document.json").string()});
  }
  // What the store holds, for "nothing was changed".
  std::string state() { return run({"status", "--json"}).json().find("operations")->text; }

  static std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  static std::string quoted(const std::string& word) { return "'" + replace_all(word, "'", "'\\''") + "'"; }

  TemporaryFolder folder;
  std::string language = "en";
  // What the next run finds on its standard input.
  std::string input;
  // Words before the program, such as a shell's limits.
  std::string prefix;
};

inline std::string member(const json::JsonValue& object, std::string_view name) {
  const json::JsonValue* value = object.find(name);
  return value == nullptr ? "(missing)" : value->type == json::JsonValue::Type::null ? "null" : value->text;
}

// The first of an array whose member has this text; a null value when there is none.
inline json::JsonValue where(const json::JsonValue& array, std::string_view name, std::string_view text) {
  for (const json::JsonValue& item : array.items) {
    if (member(item, name) == text) return item;
  }
  return {};
}

}  // namespace kuangxun::tests
