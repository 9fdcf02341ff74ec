#include "app/cli/area_text.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "db/language/language.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct List final : Command {
  std::string visit_id;

  void describe(WordList& words) override {
    words.about(say_text("a visit's areas and how they stand to the line"));
    take_visit(words, visit_id);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    KX_TRY(areas, store->list_where(records::kinds::walked_area, records::walked_area::visit, visit));
    JsonValue all = JsonValue::array();
    for (const records::Record& area : areas) {
      if (context.is_json) {
        KX_TRY(json, area_json(*store, area));
        all.push(std::move(json));
      } else {
        KX_TRY(text, area_text(*store, area));
        context.out << text << '\n';
      }
    }
    if (context.is_json) {
      context.out << json::format_json(all) << '\n';
    } else if (areas.empty()) {
      context.out << say_text("this visit has no walked area\n");
    }
    return exit_done;
  }
};

const Registered<List> registered("area list", 433);

}  // namespace
}  // namespace kuangxun::cli
