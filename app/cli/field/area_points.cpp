#include "app/cli/area_text.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

struct Points final : Command {
  std::string visit_id;
  std::string kind;
  std::string label;
  std::vector<std::string> points;

  void describe(WordList& words) override {
    words.about(say_text("make an area of points in their order"));
    words.argument("POINT", points, say_text("ids of points, 3 or more"));
    take_area_words(words, visit_id, kind, label);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    std::vector<inspect::FieldText> fields = {{"area_kind", kind}};
    if (!label.empty()) fields.push_back({"label", label});
    inspect::Request request{visit, std::move(fields), points, {}, {}};
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, inspect::run_action(desk, "area.add", request));
    return print_area(context, *store, id);
  }
};

const Registered<Points> registered("area points", 432);

}  // namespace
}  // namespace kuangxun::cli
