#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "app/cli/shared_words.h"
#include "app/green/actions.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Tier final : Command {
  std::string mine_name;
  std::string tier;
  std::string on;
  std::string by_name;
  std::string reason;

  void describe(WordList& words) override {
    words.about(say_text("a person sets the tier, with the reason; earlier ones stay"));
    take_mine(words, mine_name);
    words.argument("TIER", tier, say_text("recommend, cultivate or supervise"));
    take_day_done(words, on);
    take_by(words, by_name);
    words.option("--reason", "TEXT", reason, say_text(in_context("cli", "the reason"))).required();
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(mine, find_mine(*store, mine_name));
    KX_TRY(by, by_whom(context, *store, by_name));
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, green::set_tier(desk, {mine, tier, reason, on, by, {}}));
    return print_made(context, *store, id);
  }
};

const Registered<Tier> registered("green tier", 505);

}  // namespace
}  // namespace kuangxun::cli
