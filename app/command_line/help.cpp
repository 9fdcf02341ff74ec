#include "app/command_line/help.h"

#include <algorithm>

#include "app/columns/table.h"
#include "db/language/language.h"

namespace kuangxun::command_line {
namespace {

using columns::display_width;

struct HelpRow {
  std::string words;
  std::string meaning;
};

void add_rows(std::string& text, const std::string& heading, const std::vector<HelpRow>& rows) {
  if (rows.empty()) return;
  constexpr std::size_t words_width_max = 26;
  std::size_t width = 0;
  for (const HelpRow& row : rows) {
    if (const std::size_t one = display_width(row.words); one <= words_width_max) width = std::max(width, one);
  }
  text += "\n" + heading + say_text(":") + "\n";
  for (const HelpRow& row : rows) {
    text += "  " + row.words;
    const std::size_t taken = display_width(row.words);
    text += taken <= width ? std::string(width - taken + 2, ' ') : "\n" + std::string(width + 4, ' ');
    text += row.meaning + '\n';
  }
}

HelpRow row_of(const Word& word) {
  if (word.is_argument()) return {word.value(), word.meaning()};
  return {word.all_names() + (word.is_flag() ? "" : " " + word.value()),
          word.meaning() + (word.is_required() ? say_text(" (required)") : "")};
}

}  // namespace

std::string_view last_word(std::string_view words) {
  return words.substr(words.rfind(' ') + 1);  // npos + 1 is 0
}

std::vector<const Entry*> commands_below(std::string_view command) {
  std::vector<const Entry*> below;
  for (const Entry& entry : registered_commands()) {
    const std::size_t at = entry.words.rfind(' ');
    const std::string_view parent = at == std::string_view::npos ? std::string_view() : entry.words.substr(0, at);
    if (parent == command) below.push_back(&entry);
  }
  return below;
}

std::string help_text(const Program& program, std::string_view command, const WordList& words) {
  std::vector<HelpRow> arguments;
  std::vector<HelpRow> options = {{"-h,--help", say_text("show this help")}};
  std::vector<HelpRow> commands;
  std::string usage = say_text("Usage: ") + program.name;
  if (!command.empty()) usage += " " + std::string(command);
  usage += say_text(" [OPTIONS]");
  for (const auto& word : words.all()) {
    (word->is_argument() ? arguments : options).push_back(row_of(*word));
    if (!word->is_argument()) continue;
    const std::string shown = word->value() + (word->takes_many() ? " …" : "");
    usage += word->is_required() ? " " + shown : " [" + shown + "]";
  }
  for (const Entry* entry : commands_below(command)) {
    WordList below;
    entry->make()->describe(below);
    commands.push_back({std::string(last_word(entry->words)), below.about()});
  }
  if (!commands.empty()) usage += say_text(" COMMAND …");
  std::string text = words.about() + "\n" + usage + "\n";
  add_rows(text, say_text("Arguments"), arguments);
  add_rows(text, say_text("Options"), options);
  add_rows(text, say_text("Commands"), commands);
  text += '\n';
  if (!command.empty()) text += program.beside_all + '\n';
  if (!words.more().empty()) text += (command.empty() ? "" : "\n") + words.more() + '\n';
  return text;
}

}  // namespace kuangxun::command_line
