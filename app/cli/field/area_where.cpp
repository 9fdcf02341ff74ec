#include "app/cli/area_text.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

struct Where final : Command {
  std::string area_id;

  void describe(WordList& words) override {
    words.about(say_text("an area inside, outside or not to be told; exit code 1 when a part is outside"));
    words.argument("AREA", area_id, say_text("id of a walked area"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(id, inspect::find_record(*store, area_id, {records::kinds::walked_area}));
    KX_TRY(view, store->read(id));
    KX_TRY(judged, judge(*store, view.record));
    KX_CHECK(print_area(context, *store, id));
    const bool is_outside = judged.standing && judged.standing->overlap.standing == geo::Standing::outside;
    return is_outside ? exit_answer_is_no : exit_done;
  }
};

const Registered<Where> registered("area where", 434);

}  // namespace
}  // namespace kuangxun::cli
