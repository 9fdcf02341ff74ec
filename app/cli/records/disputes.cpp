#include "app/cli/command.h"
#include "app/columns/table.h"
#include "app/inspect/edit/settle.h"
#include "app/inspect/edit/standing.h"
#include "app/json/json_value.h"
#include "app/printout/record_facts.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Disputes final : Command {
  void describe(WordList& words) override {
    words.about(say_text("list the open disputes; exit code 1 when there is one"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(disputes, store->disputes());
    KX_TRY(names, people::Names::read(*store));
    if (context.is_json) {
      JsonValue all = JsonValue::array();
      for (const history::Dispute& dispute : disputes) all.push(printout::dispute_json(*store, dispute, names));
      context.out << json::format_json(all) << '\n';
      return disputes.empty() ? exit_done : exit_answer_is_no;
    }
    const std::int64_t now_ms = context.clock().now_ms();
    for (const history::Dispute& dispute : disputes) {
      const auto view = store->read(dispute.record);
      context.out << inspect::dispute_id(dispute) << "  " << columns::fit_cell(view.ok() ? view->record.name() : "", 60)
                  << "  " << inspect::group_label(records::kind_of(dispute.kind), dispute.group) << "  "
                  << say_with("for {0}", {inspect::age_text(now_ms - inspect::dispute_began_ms(dispute))}) << '\n';
      printout::print_dispute(context.out, names, dispute);
    }
    context.out << say_with("open disputes: {0}", {std::to_string(disputes.size())}) << '\n';
    return disputes.empty() ? exit_done : exit_answer_is_no;
  }
};

const Registered<Disputes> registered("disputes", 170);

}  // namespace
}  // namespace kuangxun::cli
