#include "app/cli/area_text.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

struct Walk final : Command {
  std::string visit_id;
  std::string kind;
  std::string label;
  std::string track;
  std::string from;
  std::string to;

  void describe(WordList& words) override {
    words.about(say_text("make an area of a track that comes back to its start"));
    take_area_words(words, visit_id, kind, label);
    words.option("--track", "ID", track, say_text("which track (else the newest)"));
    words.option("--from", "TIME", from, say_text("from this instant on"));
    words.option("--to", "TIME", to, say_text("up to this instant"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    std::vector<inspect::FieldText> fields = {{"area_kind", kind}};
    for (const auto& [name, text] :
         {std::pair("label", label), std::pair("from", from), std::pair("to", to), std::pair("track", track)}) {
      if (!text.empty()) fields.push_back({name, text});
    }
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, inspect::run_action(desk, "area.walk", {visit, fields, {}, {}, {}}));
    return print_area(context, *store, id);
  }
};

const Registered<Walk> registered("area walk", 431);

}  // namespace
}  // namespace kuangxun::cli
