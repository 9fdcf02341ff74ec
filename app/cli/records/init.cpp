#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Init final : Command {
  bool is_empty = false;

  void describe(WordList& words) override {
    words.about(say_text("make a data folder with the county's registers"));
    words.flag("--empty", is_empty, say_text("without the registers"));
  }
  Result<int> run(Context& context) override {
    KX_CHECK(context.office.create(is_empty));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("data", JsonValue::string(context.office.folder().string()));
      json.add("registers", JsonValue::boolean(!is_empty));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    context.out << say_with("made the data folder {0}", {context.office.folder().string()}) << '\n';
    return exit_done;
  }
};

const Registered<Init> registered("init", 100);

}  // namespace
}  // namespace kuangxun::cli
