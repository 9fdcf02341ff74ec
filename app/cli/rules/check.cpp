#include "app/printout/check.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Check final : Command {
  std::string site;
  std::string catalogue;
  std::string on;

  void describe(WordList& words) override {
    words.about(say_text("check every rule; exit code 1 when one fails"));
    words.option("--site", "ID", site, say_text("one place only (id or name)"));
    words.option("--catalogue", "ID|FILE", catalogue, say_text("one catalogue of rules only; a CSV file to try that"));
    take_day_of_rules(words, on);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(day, printout::day_asked_for(on, context.today()));
    KX_TRY(store, context.office.reader());
    KX_TRY(shelf, context.office.rules(*store));
    KX_TRY(is_sound, printout::check(*store, shelf, day, {site, catalogue, context.is_json}, context.out, context.err));
    return is_sound ? exit_done : exit_answer_is_no;
  }
};

const Registered<Check> registered("check", 160);

}  // namespace
}  // namespace kuangxun::cli
