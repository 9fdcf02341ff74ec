#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "db/base/files.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Template final : Command {
  std::string index_id;
  std::string file;

  void describe(WordList& words) override {
    words.about(say_text("write an item table to be filled in from the official text"));
    words.argument("INDEX", index_id, say_text("an index, see green indexes"));
    words.option("-o,--output", "FILE", file, say_text("the file to write (CSV)")).required();
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(index, library.require(index_id));
    const std::string text = green::template_of(*index);
    KX_CHECK(write_file_durably(file, as_bytes(text)));
    context.out << say_with(
                       "Wrote {0}. Fill it in from the official text and import it with green import; rows left "
                       "blank do not count.",
                       {file})
                << '\n';
    if (!index->first_levels.empty()) context.out << say_text("First levels: ");
    for (const green::FirstLevel& level : index->first_levels) {
      context.out << (level.number == 1 ? "" : say(", ")) << level.chinese
                  << (level.is_verified ? "" : say(" (name not verified)"));
    }
    context.out << '\n';
    return exit_done;
  }
};

const Registered<Template> registered("green template", 502);

}  // namespace
}  // namespace kuangxun::cli
