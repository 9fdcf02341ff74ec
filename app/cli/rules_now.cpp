#include "app/cli/rules_now.h"

#include "app/criteria/shelf.h"

namespace kuangxun::cli {

Result<RulesNow> rules_now(Context& context, history::RecordStore& store) {
  KX_TRY(shelf, context.office.rules(store));
  KX_TRY(catalogue, shelf.on(context.today()));
  RulesNow now{catalogue->title(), {}};
  KX_TRY(warnings, shelf.warnings_on(context.today()));
  now.warnings = std::move(warnings);
  return now;
}

}  // namespace kuangxun::cli
