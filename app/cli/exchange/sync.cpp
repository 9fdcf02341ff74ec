#include "app/cli/command.h"
#include "app/cli/rules_now.h"
#include "app/cli/terminal.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

// Empty when nobody can tell; a sync is none the worse for it.
std::string rules_in_force(Context& context) {
  const auto store = context.office.reader();
  if (!store.ok()) return {};
  const auto rules = rules_now(context, **store);
  return rules.ok() ? rules->title : std::string();
}

struct Sync final : Command {
  std::string url;

  void describe(WordList& words) override {
    words.about(say_text("exchange with the county's database"));
    words.argument("URL", url, say_text("another address (else the one enrolled at)")).optional();
  }
  Result<int> run(Context& context) override {
    const std::string rules_before = rules_in_force(context);
    KX_TRY(report, watched(context.err, [&](const Running& running) { return context.office.sync(url, running); }));
    const Result<int> code = show(context, office::tell(report));
    if (context.is_json) return code;
    if (const std::string rules = rules_in_force(context); rules != rules_before) {
      context.out << say_with("the rules in force now: {0}", {rules}) << '\n';
    }
    return code;
  }
};

const Registered<Sync> registered("sync", 310);

}  // namespace
}  // namespace kuangxun::cli
