#include "app/cli/command.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Report final : Command {
  std::string kind;
  std::string visit_id;
  std::string file;

  void describe(WordList& words) override {
    words.about(say_text("write a paper as PDF"));
    words.argument("KIND", kind, say_text("visit-record"));
    words.argument("ID", visit_id, say_text("id of the visit"));
    words.option("-o,--output", "FILE.pdf", file, say_text("the file to write")).required();
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    if (kind != "visit-record" && kind != "visit") {
      return Error(ErrorCode::usage, phrase("there is no paper \"{0}\"; expected visit-record", {kind}));
    }
    KX_TRY(store, context.office.reader());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    KX_TRY(paper, context.office.write_visit_paper(visit, file));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("file", JsonValue::string(file));
      json.add("pages", JsonValue::integer(paper.pages));
      json.add("sha256", JsonValue::string(paper.hash.text()));
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << say_with("wrote {0}, {1} pages", {file, std::to_string(paper.pages)}) << '\n';
    }
    return exit_done;
  }
};

const Registered<Report> registered("report", 590);

}  // namespace
}  // namespace kuangxun::cli
