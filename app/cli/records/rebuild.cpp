#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Rebuild final : Command {
  void describe(WordList& words) override { words.about(say_text("make all tables again from the log")); }
  Result<int> run(Context& context) override {
    KX_CHECK(context.office.rebuild());
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("ok", JsonValue::boolean(true));
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << say("all tables were made again from the log") << '\n';
    }
    return exit_done;
  }
};

const Registered<Rebuild> registered("rebuild", 710);

}  // namespace
}  // namespace kuangxun::cli
