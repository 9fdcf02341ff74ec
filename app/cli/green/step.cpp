#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "app/cli/shared_words.h"
#include "app/green/actions.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Step final : Command {
  std::string assessment_name;
  std::string step_name;
  std::string document;
  std::string result;
  std::string team;
  std::string intermediate;
  std::string senior;
  std::string leader_full_time;
  std::string on_day;
  std::string by_name;

  void describe(WordList& words) override {
    words.about(say_text("record a step: when, by whom, paper, result"));
    take_assessment(words, assessment_name);
    words.argument("STEP", step_name,
                   say_text("self-assessment, prefecture-review, third-party, spot-check, publication, or the advisory "
                            "county-opinion"));
    words.option("--document", "TEXT", document, say_text("the paper"));
    words.option("--result", "TEXT", result, say_text("what the paper says"));
    words.option("--team", "N", team, say_text("people of the third party's team"));
    words.option("--intermediate", "N", intermediate, say_text("of intermediate title or above"));
    words.option("--senior", "N", senior, say_text("of senior title"));
    words.option("--leader-full-time", "yes|no", leader_full_time, say_text("the leader is full-time staff (yes, no)"))
        .one_of({"yes", "no"});
    take_day_done(words, on_day);
    take_by(words, by_name);
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(store, context.office.writer());
    KX_TRY(id, find_assessment(*store, library, assessment_name));
    KX_TRY(by, by_whom(context, *store, by_name));
    const std::string on = on_day.empty() ? format_day(context.today()) : on_day;
    std::string full_time;
    if (!leader_full_time.empty()) full_time = leader_full_time == "yes" ? "true" : "false";
    inspect::Desk desk = context.desk(*store);
    KX_TRY(step, green::add_step(desk, id, step_name,
                                 {{"done_on", on},
                                  {"done_by", by},
                                  {"document", document},
                                  {"result", result},
                                  {"team_size", team},
                                  {"team_intermediate", intermediate},
                                  {"team_senior", senior},
                                  {"leader_is_full_time", full_time}}));
    return print_made(context, *store, step);
  }
};

const Registered<Step> registered("green step", 507);

}  // namespace
}  // namespace kuangxun::cli
