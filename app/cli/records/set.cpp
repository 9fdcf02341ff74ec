#include "app/cli/command.h"
#include "app/cli/outcome.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Set final : Command {
  std::string id_or_name;
  std::vector<std::string> assignments;

  void describe(WordList& words) override {
    words.about(say_text("edit fields of a record; what was signed cannot be edited, only voided and added anew"));
    take_record(words, id_or_name);
    words.argument("FIELD=VALUE", assignments,
                   say_text("one or more; show names the fields; an empty value clears the field"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(fields, read_assignments(assignments));
    KX_TRY(store, context.office.writer());
    KX_TRY(id, inspect::find_record(*store, id_or_name, {}));
    return run_one(context, "record.set", {id, std::move(fields), {}, {}, {}}, *store);
  }
};

const Registered<Set> registered("set", 140);

}  // namespace
}  // namespace kuangxun::cli
