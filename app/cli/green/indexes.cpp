#include "app/cli/command.h"
#include "app/cli/green_text.h"
#include "app/cli/green_words.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Indexes final : Command {
  void describe(WordList& words) override {
    words.about(say_text("the indexes that are known: when in force, counts, lines, and what was not found"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    JsonValue all = JsonValue::array();
    for (const green::Index& index : library.indexes()) {
      if (context.is_json) {
        all.push(index_json(index));
      } else {
        print_index(context.out, index);
      }
    }
    if (context.is_json) context.out << json::format_json(all) << '\n';
    return exit_done;
  }
};

const Registered<Indexes> registered("green indexes", 501);

}  // namespace
}  // namespace kuangxun::cli
