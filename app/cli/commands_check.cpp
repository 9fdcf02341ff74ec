#include "app/cli/criteria_words.h"
#include "app/cli/invocation.h"
#include "app/printout/check.h"

namespace kuangxun::cli {

Result<int> run_check(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(on, day_asked_for(context));
  KX_TRY(store, context.office.reader());
  KX_TRY(shelf, open_shelf(context, *store));
  KX_TRY(is_sound, printout::check(*store, shelf, on, {invocation.site, invocation.catalogue, invocation.json},
                                   context.out, context.err));
  return is_sound ? exit_done : exit_answer_is_no;
}

}  // namespace kuangxun::cli
