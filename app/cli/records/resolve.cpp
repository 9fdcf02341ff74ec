#include "app/cli/command.h"
#include "app/cli/outcome.h"
#include "app/inspect/edit/settle.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Resolve final : Command {
  std::string dispute_id;
  std::string take;
  std::vector<std::string> assignments;

  void describe(WordList& words) override {
    words.about(say_text("settle a dispute: --take the value of one of its operations, or --value to enter it anew"));
    words.argument("DISPUTE-ID", dispute_id, say_text("as disputes lists it"));
    words.option("--take", "OPERATION", take, say_text("take the value of this operation"));
    words.option("--value", "FIELD=VALUE", assignments, say_text("enter anew, one or more")).excludes("--take");
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    if (take.empty() == assignments.empty()) {
      return Error(ErrorCode::usage, phrase("give --take OPERATION or --value FIELD=VALUE"));
    }
    KX_TRY(fields, read_assignments(assignments));
    KX_TRY(store, context.office.writer());
    KX_TRY(dispute, inspect::find_dispute(*store, dispute_id));
    inspect::Desk desk = context.desk(*store);
    KX_CHECK(take.empty() ? inspect::settle_with(desk, dispute, fields) : inspect::take_operation(desk, dispute, take));
    return print_outcome(context, *store, dispute.record);
  }
};

const Registered<Resolve> registered("resolve", 180);

}  // namespace
}  // namespace kuangxun::cli
