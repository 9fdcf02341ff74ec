#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "app/office/report.h"

// The one place where reports are worded: the command line, its JSON, the window and the log all show what stands here,
// so that a thing which is said on one of them is said on each.
namespace kuangxun::office {

// One thing that a report says.
struct Item {
  // Nothing is null in JSON and left out of the log.
  using Value = std::variant<std::monostate, std::uint64_t, bool, std::string, std::vector<std::string>>;
  std::string_view name;  // in JSON and in the log; scripts rely on it
  Value value;
  // For people, "pushed" and "12 operations"; no text: nothing to show, or a sentence says it.
  std::string label = {};
  std::string text = {};
  bool is_bad = false;
};

// A report in words.
struct Told {
  std::vector<Item> items;             // everything that the report holds
  std::vector<std::string> sentences;  // what people must be told, finished
  // Why not everything was done. Something was, so it never means "nothing was changed".
  std::optional<Error> problem;
};

Told tell(const Report& report);
Told tell(const WrittenBundle& written, const std::filesystem::path& file);
Told tell(const Enrolled& enrolled);
Told tell(const Proof& proof);

// "pushed 12 operations, pulled 0 operations, ...".
std::string summary_of(const Told& told);
// "pushed=12 pulled=0 ... problem: WHY", for the log: counts and why, nothing that was entered.
std::string log_text(const Told& told);

}  // namespace kuangxun::office
