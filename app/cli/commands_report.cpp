#include "app/cli/criteria_words.h"
#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/visit_paper.h"
#include "app/inspect/reference.h"
#include "db/base/files.h"
#include "db/base/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {

Result<int> run_report(Context& context) {
  const Invocation& invocation = context.invocation;
  if (invocation.kind != "visit-record" && invocation.kind != "visit") {
    return Error(ErrorCode::usage, say_with("没有“{0}”这种文书；应为 visit-record",
                                            "there is no paper \"{0}\"; expected visit-record", {invocation.kind}));
  }
  KX_TRY(store, context.workplace.reader());
  KX_TRY(shelf, open_shelf(context, *store));
  KX_TRY(visit, inspect::find_record(*store, invocation.id, {records::kinds::visit}));
  KX_TRY(pdf, make_visit_paper(*store, context.workplace.attachments(), shelf, visit));
  KX_CHECK(write_file_durably(invocation.file, pdf.bytes));
  if (invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("file", JsonValue::string(invocation.file));
    json.add("pages", JsonValue::integer(pdf.pages));
    json.add("sha256", JsonValue::string(sha256(pdf.bytes).text()));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say_with("已写出 {0}，{1} 页", "wrote {0}, {1} pages", {invocation.file, std::to_string(pdf.pages)})
                << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
