#include "app/cli/outcome.h"

#include "app/inspect/edit/settle.h"
#include "app/inspect/visit/actions.h"
#include "app/printout/record_json.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::cli {

Result<std::vector<inspect::FieldText>> read_assignments(const std::vector<std::string>& assignments) {
  std::vector<inspect::FieldText> fields;
  for (const std::string& assignment : assignments) {
    const std::size_t at = assignment.find('=');
    if (at == std::string::npos || at == 0) {
      return Error(ErrorCode::usage, phrase("\"{0}\" should be FIELD=VALUE", {first_code_points(assignment, 60)}));
    }
    fields.push_back({assignment.substr(0, at), assignment.substr(at + 1)});
  }
  return fields;
}

Result<int> print_outcome(Context& context, history::RecordStore& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  if (!context.is_json) {
    context.out << view.record.kind().label() << "  " << view.record.name() << "  " << id.text() << '\n';
    return exit_done;
  }
  std::set<std::string> disputed;
  for (const auto group : view.disputed) disputed.insert(inspect::group_name(view.record.kind(), group));
  KX_TRY(sources, printout::Sources::read(store));
  const std::string source = sources.of(view.record);
  context.out << format_json(printout::record_json(view.record, source, view.sync_state, disputed)) << '\n';
  return exit_done;
}

Result<int> run_one(Context& context, std::string_view action, const inspect::Request& request,
                    history::RecordStore& store) {
  inspect::Desk desk = context.desk(store);
  KX_TRY(id, inspect::run_action(desk, action, request));
  return print_outcome(context, store, id);
}

}  // namespace kuangxun::cli
