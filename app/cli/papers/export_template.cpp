#include "app/cli/command.h"
#include "app/cli/table_words.h"
#include "app/intake/imported_text.h"
#include "app/intake/table_import.h"
#include "db/base/files.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Template final : Command {
  std::string table;
  std::string year_text;
  std::string file;

  void describe(WordList& words) override {
    words.about(say_text("write a CSV to fill in, a row for each mining right"));
    take_table_words(words, table, year_text);
    words.option("-o,--output", "FILE.csv", file, say_text("the file to write")).required();
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(year, intake::read_table_year(year_text));
    KX_TRY(store, context.office.reader());
    KX_TRY(text, intake::make_template(*store, *intake::find_table_kind(table), year));
    KX_CHECK(write_file_durably(file, Bytes(text.begin(), text.end())));
    if (!context.is_json) context.out << say_with("wrote {0}", {file}) << '\n';
    return exit_done;
  }
};

const Registered<Template> registered("export template", 461);

}  // namespace
}  // namespace kuangxun::cli
