#include "app/cli/command.h"
#include "app/cli/green_text.h"
#include "app/cli/green_words.h"
#include "app/cli/shared_words.h"
#include "app/green/actions.h"
#include "app/json/json_value.h"
#include "db/language/language.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

// All assessments of a mine and what was decided about its tier.
Result<int> show_mine(Context& context, history::RecordStore& store, const green::Library& library, const Uuid& mine) {
  KX_TRY(all, green::assessments_of(store, library, mine));
  KX_TRY(tiers, green::tiers_of(store, mine));
  KX_TRY(view, store.read(mine));
  JsonValue json = JsonValue::object();
  JsonValue tier_list = JsonValue::array();
  JsonValue assessments = JsonValue::array();
  for (const records::Record& tier : tiers) tier_list.push(tier_json(tier));
  if (!context.is_json) {
    context.out << view.record.name() << '\n' << say_text("Tier (set by people, the newest first): ");
    if (tiers.empty()) context.out << say_text("not set");
    context.out << '\n';
    for (const records::Record& tier : tiers) context.out << "  " << tier_text(tier) << '\n';
    if (all.empty()) context.out << say_text("No assessment yet.") << '\n';
  }
  for (const green::Assessment& assessment : all) {
    KX_TRY(verdicts, preconditions_of(context, store, assessment));
    if (context.is_json) {
      assessments.push(assessment_json(assessment, verdicts));
    } else {
      context.out << '\n';
      print_assessment(context.out, assessment, verdicts);
    }
  }
  if (!context.is_json) return exit_done;
  json.add("mine", JsonValue::string(mine.text()));
  json.add("mine_name", JsonValue::string(view.record.name()));
  json.add("tiers", std::move(tier_list));
  json.add("assessments", std::move(assessments));
  context.out << json::format_json(json) << '\n';
  return exit_done;
}

struct Show final : Command {
  std::string name;

  void describe(WordList& words) override {
    words.about(say_text("one assessment, or all of a mine"));
    take_assessment(words, name);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(store, context.office.reader());
    if (const auto id = parse_uuid(name); id.ok()) {
      KX_TRY(view, store->read(*id));
      if (view.record.kind().number == records::kinds::green_assessment)
        return show_assessment(context, *store, library, *id);
    }
    KX_TRY(mine, find_mine(*store, name));
    return show_mine(context, *store, library, mine);
  }
};

const Registered<Show> registered("green show", 508);

}  // namespace
}  // namespace kuangxun::cli
