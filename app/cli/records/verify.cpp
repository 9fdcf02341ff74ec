#include "app/cli/command.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Verify final : Command {
  void describe(WordList& words) override {
    words.about(say_text("prove the log; exit code 1 when something is wrong"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(proof, context.office.verify());
    const office::Told told = office::tell(proof);
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("ok", JsonValue::boolean(proof.ok()));
      add_items(told, json);
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << (proof.ok() ? say("sound") : say("not sound")) << say(": ");
      print_told(told, context.out);
    }
    return proof.ok() ? exit_done : exit_answer_is_no;
  }
};

const Registered<Verify> registered("verify", 700);

}  // namespace
}  // namespace kuangxun::cli
