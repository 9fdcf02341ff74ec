#include "app/cli/command.h"
#include "app/cli/outcome.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Void final : Command {
  std::string id_or_name;
  std::vector<std::string> reason;

  void describe(WordList& words) override {
    words.about(say_text("void a record with a reason; it stays visible"));
    take_record(words, id_or_name);
    words.argument("REASON", reason, say_text("the reason"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(id, inspect::find_record(*store, id_or_name, {}));
    return run_one(context, "record.void", {id, {}, {}, {}, join(reason, " ")}, *store);
  }
};

const Registered<Void> registered("void", 150);

}  // namespace
}  // namespace kuangxun::cli
