#include "app/county/command.h"
#include "app/county/desk.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Check final : Command {
  std::string on;
  printout::CheckWords asked;

  void describe(WordList& words) override {
    words.about(say_text("verdicts, as at a laptop; exit code 1 when a rule fails"));
    words.option("--site", "ID", asked.site, say_text("one place only (id or name)"));
    words.option("--catalogue", "ID|FILE", asked.catalogue,
                 say_text("one catalogue of rules only; a CSV file to try that"));
    words.option("--on", "DATE", on, say_text("as of this day (today)"));
    take_json(words, asked.as_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(is_sound, desk::check({context.address, context.today(), context.out, context.err}, on, asked));
    return is_sound ? exit_done : exit_answer_is_no;
  }
};

const Registered<Check> registered("check", 160);

}  // namespace
}  // namespace kuangxun::county
