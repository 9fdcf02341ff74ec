#include "app/cli/help_text.h"

#include <algorithm>
#include <vector>

#include "app/cli/table.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

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
    if (row.meaning.empty()) {
      text += '\n';
      continue;
    }
    const std::size_t taken = display_width(row.words);
    text += taken <= width ? std::string(width - taken + 2, ' ') : "\n" + std::string(width + 4, ' ');
    text += row.meaning + '\n';
  }
}

bool takes_many(const CLI::Option& option) {
  return option.get_expected_max() >= CLI::detail::expected_max_vector_size;
}

// Of "--lang: fr not in {zh,en}" the "--lang".
std::string before_colon(const std::string& text) {
  return text.substr(0, text.find(':'));
}

std::string after_colon(const std::string& text) {
  const std::size_t at = text.find(':');
  return at == std::string::npos ? text : std::string(trim(std::string_view(text).substr(at + 1)));
}

class HelpFormatter final : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode /*mode*/) const override {
    std::vector<HelpRow> arguments;
    std::vector<HelpRow> options;
    std::string usage = say_text("Usage: ") + name;
    for (const CLI::Option* option : app->get_options()) {
      if (option->get_positional()) {
        arguments.push_back({option->get_name(true, false), option->get_description()});
      } else {
        // Behind a colon stands what a check added.
        const std::string type = option->get_type_size() == 0 ? "" : before_colon(option->get_type_name());
        options.push_back({option->get_name(false, true) + (type.empty() ? "" : " " + type), meaning_of(*option)});
      }
    }
    if (!options.empty()) usage += say_text(" [OPTIONS]");
    for (const CLI::Option* option : app->get_options()) {
      if (!option->get_positional()) continue;
      const std::string word = option->get_name(true, false) + (takes_many(*option) ? " …" : "");
      usage += option->get_required() ? " " + word : " [" + word + "]";
    }
    std::vector<HelpRow> commands;
    for (const CLI::App* command : app->get_subcommands({})) {
      commands.push_back({command->get_name(), command->get_description()});
    }
    if (!commands.empty()) usage += say_text(" COMMAND …");
    std::string text = app->get_description() + "\n" + usage + "\n";
    add_rows(text, say_text("Arguments"), arguments);
    add_rows(text, say_text("Options"), options);
    add_rows(text, say_text("Commands"), commands);
    if (!app->get_footer().empty()) text += "\n" + app->get_footer() + "\n";
    return text;
  }

 private:
  static std::string meaning_of(const CLI::Option& option) {
    return option.get_description() + (option.get_required() ? say_text(" (required)") : "");
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> make_help_formatter() {
  return std::make_shared<HelpFormatter>();
}

std::string words_of(const CLI::ParseError& error) {
  const std::string what = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return say_with("no such command or option, or one word too many: {0}", {excerpt(after_colon(what), 80)});
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const std::string missing = what.substr(0, what.find(" is required"));
    if (missing.find("ubcommand") != std::string::npos) return say_text("a command is missing");
    return say_with("{0} is missing", {missing});
  }
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
    return say_with("only one of these options can be used: {0}", {replace_all(what, " excludes ", say(", "))});
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return say_with("something is missing after {0}", {before_colon(what)});
  }
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) {
    return say_with("{0} does not take this value: {1}", {before_colon(what), excerpt(after_colon(what), 80)});
  }
  return excerpt(what, 200);
}

}  // namespace kuangxun::cli
