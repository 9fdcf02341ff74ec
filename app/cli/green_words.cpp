#include "app/cli/green_words.h"

#include "app/cli/green_text.h"
#include "app/criteria/check.h"
#include "app/criteria/shelf.h"
#include "app/inspect/edit/reference.h"
#include "db/language/language.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;
using json::JsonValue;

constexpr std::string_view rules_id = "green-mines";

}  // namespace

Result<green::Library> library_of(const Context& context) {
  return green::Library::load(context.assets());
}

Result<Uuid> find_mine(history::RecordStore& store, const std::string& text) {
  return inspect::find_record(store, text, {kinds::mining_right});
}

Result<Uuid> find_assessment(history::RecordStore& store, const green::Library& library, const std::string& text) {
  if (const auto id = parse_uuid(text); id.ok()) {
    KX_TRY(view, store.read(*id));
    if (view.record.kind().number == kinds::green_assessment) return *id;
  }
  KX_TRY(mine, find_mine(store, text));
  KX_TRY(all, green::assessments_of(store, library, mine));
  if (!all.empty()) return all.front().record.id();
  return Error(ErrorCode::not_found, phrase("this mine has no green-mine assessment yet; green assess begins one"));
}

Result<std::string> by_whom(Context& context, history::RecordStore& store, const std::string& by) {
  if (!by.empty() || context.person.is_nil()) return by;
  KX_TRY(people, context.office.people().list(store));
  return people::name_of(people, context.person);
}

Result<std::vector<criteria::Verdict>> preconditions_of(Context& context, history::RecordStore& store,
                                                        const green::Assessment& assessment) {
  KX_TRY(shelf, context.office.rules(store));
  const auto on = static_cast<Day>(assessment.record.integer(records::green_assessment::assessed_on));
  KX_TRY(rules, shelf.one_on(std::string(rules_id), on));
  return criteria::check(store, *rules, {assessment.mine.id(), on});
}

Result<int> print_made(Context& context, history::RecordStore& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  if (context.is_json) {
    JsonValue json = JsonValue::object();
    json.add("id", JsonValue::string(id.text()));
    json.add("kind", JsonValue::string(view.record.kind().name));
    context.out << json::format_json(json) << '\n';
  } else {
    context.out << view.record.kind().label() << "  " << id.text() << '\n';
  }
  return exit_done;
}

Result<int> show_assessment(Context& context, history::RecordStore& store, const green::Library& library,
                            const Uuid& id) {
  KX_TRY(assessment, green::read_assessment(store, library, id));
  KX_TRY(verdicts, preconditions_of(context, store, assessment));
  if (context.is_json) {
    context.out << json::format_json(assessment_json(assessment, verdicts)) << '\n';
  } else {
    print_assessment(context.out, assessment, verdicts);
  }
  return exit_done;
}

}  // namespace kuangxun::cli
