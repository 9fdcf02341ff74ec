#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/inspect/reference.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {

Result<int> run_report(Context& context) {
  const Invocation& invocation = context.invocation;
  if (invocation.kind != "visit-record" && invocation.kind != "visit") {
    return Error(ErrorCode::usage, phrase("there is no paper \"{0}\"; expected visit-record", {invocation.kind}));
  }
  KX_TRY(store, context.office.reader());
  KX_TRY(visit, inspect::find_record(*store, invocation.id, {records::kinds::visit}));
  KX_TRY(paper, context.office.write_visit_paper(visit, invocation.file));
  if (invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("file", JsonValue::string(invocation.file));
    json.add("pages", JsonValue::integer(paper.pages));
    json.add("sha256", JsonValue::string(paper.hash.text()));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say_with("wrote {0}, {1} pages", {invocation.file, std::to_string(paper.pages)}) << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
