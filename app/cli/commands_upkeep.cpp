#include "app/cli/invocation.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {

Result<int> run_init(Context& context) {
  KX_CHECK(context.office.create(context.invocation.empty));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("data", JsonValue::string(context.office.folder().string()));
    json.add("registers", JsonValue::boolean(!context.invocation.empty));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with("made the data folder {0}", {context.office.folder().string()}) << '\n';
  return exit_done;
}

Result<int> run_verify(Context& context) {
  KX_TRY(proof, context.office.verify());
  const office::Told told = office::tell(proof);
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("ok", JsonValue::boolean(proof.ok()));
    add_items(told, json);
    context.out << format_json(json) << '\n';
  } else {
    context.out << (proof.ok() ? say("sound") : say("not sound")) << say(": ");
    print_told(told, context.out);
  }
  return proof.ok() ? exit_done : exit_answer_is_no;
}

Result<int> run_rebuild(Context& context) {
  KX_CHECK(context.office.rebuild());
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("ok", JsonValue::boolean(true));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say("all tables were made again from the log") << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
