#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "app/green/actions.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Import final : Command {
  std::filesystem::path path;
  std::string source;
  std::string label;
  bool is_invented = false;
  bool only_check = false;

  void describe(WordList& words) override {
    words.about(
        say_text("check a filled item table and import it as a new version; faults are told with line and column"));
    words.argument("FILE", path, say_text("the filled CSV"));
    words.option("--source", "TEXT", source, say_text("the text it was copied from"));
    words.option("--label", "TEXT", label, say_text("name of the version (today's date)"));
    words.flag("--invented", is_invented, say_text("an invented table, for practice"));
    words.flag("--check", only_check, say_text("check only"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(text, read_text_file(path, limits::csv_bytes_max));
    KX_TRY(reading, green::read_item_table(text, path.filename().string(), library));
    const std::vector<std::string> gaps = green::gaps_of(reading.table, *library.find(reading.index_id));
    if (only_check) {
      for (const std::string& fault : reading.faults) context.out << fault << '\n';
      for (const std::string& gap : gaps) context.out << say_text("incomplete: ") << gap << '\n';
      if (reading.faults.empty() && gaps.empty()) context.out << say_text("Nothing is wrong.") << '\n';
      return reading.faults.empty() ? exit_done : exit_bad_input;
    }
    KX_TRY(store, context.office.writer());
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, green::import_table(desk, reading, {label, source, path.filename().string(), is_invented}));
    if (!context.is_json) {
      context.out << say_with("{0} items imported.", {std::to_string(reading.table.items.size())});
      for (const std::string& gap : gaps) context.out << say_text(" Not whole: ") << gap << say(".");
      context.out << '\n';
    }
    return print_made(context, *store, id);
  }
};

const Registered<Import> registered("green import", 503);

}  // namespace
}  // namespace kuangxun::cli
