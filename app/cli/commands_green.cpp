#include <algorithm>

#include "app/cli/criteria_words.h"
#include "app/cli/green_text.h"
#include "app/cli/invocation.h"
#include "app/criteria/check.h"
#include "app/green/actions.h"
#include "app/inspect/reference.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

// Green mines: item tables in, assessments, steps and tiers recorded, what they come to shown.
namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;

constexpr std::string_view rules_id = "green-mines";

Result<green::Library> library_of(const Context& context) {
  return green::Library::load(context.assets());
}

Result<Uuid> find_mine(history::RecordStore& store, const std::string& text) {
  return inspect::find_record(store, text, {kinds::mining_right});
}

// An assessment's id; or a mine, whose newest is meant.
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

// Who is named, else who acts; empty when that is nobody.
Result<std::string> by_whom(Context& context, history::RecordStore& store) {
  if (!context.invocation.green.by.empty() || context.person.is_nil()) return context.invocation.green.by;
  KX_TRY(people, context.office.people().list(store));
  return people::name_of(people, context.person);
}

Result<std::vector<criteria::Verdict>> preconditions_of(Context& context, history::RecordStore& store,
                                                        const green::Assessment& assessment) {
  KX_TRY(shelf, open_shelf(context, store));
  const auto on = static_cast<Day>(assessment.record.integer(records::green_assessment::assessed_on));
  KX_TRY(rules, shelf.one_on(std::string(rules_id), on));
  return criteria::check(store, *rules, {assessment.mine.id(), on});
}

Result<int> print_made(Context& context, history::RecordStore& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("id", JsonValue::string(id.text()));
    json.add("kind", JsonValue::string(view.record.kind().name));
    context.out << format_json(json) << '\n';
  } else {
    context.out << view.record.kind().label() << "  " << id.text() << '\n';
  }
  return exit_done;
}

Result<int> show_assessment(Context& context, history::RecordStore& store, const green::Library& library,
                            const Uuid& id) {
  KX_TRY(assessment, green::read_assessment(store, library, id));
  KX_TRY(verdicts, preconditions_of(context, store, assessment));
  if (context.invocation.json) {
    context.out << format_json(assessment_json(assessment, verdicts)) << '\n';
  } else {
    print_assessment(context.out, assessment, verdicts);
  }
  return exit_done;
}

// All assessments of a mine and what was decided about its tier.
Result<int> show_mine(Context& context, history::RecordStore& store, const green::Library& library, const Uuid& mine) {
  KX_TRY(all, green::assessments_of(store, library, mine));
  KX_TRY(tiers, green::tiers_of(store, mine));
  KX_TRY(view, store.read(mine));
  JsonValue json = JsonValue::object();
  JsonValue tier_list = JsonValue::array();
  JsonValue assessments = JsonValue::array();
  for (const records::Record& tier : tiers) tier_list.push(tier_json(tier));
  if (!context.invocation.json) {
    context.out << view.record.name() << '\n' << say_text("Tier (set by people, the newest first): ");
    if (tiers.empty()) context.out << say_text("not set");
    context.out << '\n';
    for (const records::Record& tier : tiers) context.out << "  " << tier_text(tier) << '\n';
    if (all.empty()) context.out << say_text("No assessment yet.") << '\n';
  }
  for (const green::Assessment& assessment : all) {
    KX_TRY(verdicts, preconditions_of(context, store, assessment));
    if (context.invocation.json) {
      assessments.push(assessment_json(assessment, verdicts));
    } else {
      context.out << '\n';
      print_assessment(context.out, assessment, verdicts);
    }
  }
  if (!context.invocation.json) return exit_done;
  json.add("mine", JsonValue::string(mine.text()));
  json.add("mine_name", JsonValue::string(view.record.name()));
  json.add("tiers", std::move(tier_list));
  json.add("assessments", std::move(assessments));
  context.out << format_json(json) << '\n';
  return exit_done;
}

}  // namespace

Result<int> run_green_indexes(Context& context) {
  KX_TRY(library, library_of(context));
  JsonValue all = JsonValue::array();
  for (const green::Index& index : library.indexes()) {
    if (context.invocation.json) {
      all.push(index_json(index));
    } else {
      print_index(context.out, index);
    }
  }
  if (context.invocation.json) context.out << format_json(all) << '\n';
  return exit_done;
}

Result<int> run_green_template(Context& context) {
  KX_TRY(library, library_of(context));
  KX_TRY(index, library.require(context.invocation.green.index));
  const std::string text = green::template_of(*index);
  KX_CHECK(write_file_durably(context.invocation.file, as_bytes(text)));
  context.out << say_with(
                     "Wrote {0}. Fill it in from the official text and import it with green import; rows left "
                     "blank do not count.",
                     {context.invocation.file})
              << '\n';
  if (!index->first_levels.empty()) context.out << say_text("First levels: ");
  for (const green::FirstLevel& level : index->first_levels) {
    context.out << (level.number == 1 ? "" : say(", ")) << level.chinese
                << (level.is_verified ? "" : say(" (name not verified)"));
  }
  context.out << '\n';
  return exit_done;
}

Result<int> run_green_import(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(library, library_of(context));
  const std::filesystem::path path = invocation.file;
  KX_TRY(text, read_text_file(path, limits::csv_bytes_max));
  KX_TRY(reading, green::read_item_table(text, path.filename().string(), library));
  const std::vector<std::string> gaps = green::gaps_of(reading.table, *library.find(reading.index_id));
  if (invocation.green.only_check) {
    for (const std::string& fault : reading.faults) context.out << fault << '\n';
    for (const std::string& gap : gaps) context.out << say_text("incomplete: ") << gap << '\n';
    if (reading.faults.empty() && gaps.empty()) context.out << say_text("Nothing is wrong.") << '\n';
    return reading.faults.empty() ? exit_done : exit_bad_input;
  }
  KX_TRY(store, context.office.writer());
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, green::import_table(
                 desk, reading,
                 {invocation.green.label, invocation.source, path.filename().string(), invocation.green.is_invented}));
  if (!invocation.json) {
    context.out << say_with("{0} items imported.", {std::to_string(reading.table.items.size())});
    for (const std::string& gap : gaps) context.out << say_text(" Not whole: ") << gap << say(".");
    context.out << '\n';
  }
  return print_made(context, *store, id);
}

Result<int> run_green_assess(Context& context) {
  const GreenWords& words = context.invocation.green;
  KX_TRY(library, library_of(context));
  KX_TRY(store, context.office.writer());
  KX_TRY(mine, find_mine(*store, context.invocation.id));
  green::NewAssessment wanted{
      mine, records::green_level_enumeration.find(words.level)->number, words.index, context.invocation.on, {}, {}};
  KX_TRY(by, by_whom(context, *store));
  wanted.assessor = by;
  if (!words.table.empty()) {
    KX_TRY(table, inspect::find_record(*store, words.table, {kinds::green_table}));
    wanted.table = table;
  }
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, green::begin_assessment(desk, library, wanted));
  return print_made(context, *store, id);
}

Result<int> run_green_record(Context& context) {
  KX_TRY(library, library_of(context));
  KX_TRY(fields, read_assignments(context.invocation.assignments));
  KX_TRY(store, context.office.writer());
  KX_TRY(id, find_assessment(*store, library, context.invocation.id));
  std::vector<green::ItemEntry> entries;
  for (const inspect::FieldText& field : fields) {
    entries.push_back({field.name, field.text, context.invocation.green.evidence});
  }
  inspect::Desk desk = context.desk(*store);
  KX_CHECK(green::enter_items(desk, library, id, entries));
  KX_TRY(assessment, green::read_assessment(*store, library, id));
  if (context.invocation.json) return show_assessment(context, *store, library, id);
  context.out << green::entered_text(assessment) << '\n';
  return exit_done;
}

Result<int> run_green_step(Context& context) {
  const GreenWords& words = context.invocation.green;
  KX_TRY(library, library_of(context));
  KX_TRY(store, context.office.writer());
  KX_TRY(id, find_assessment(*store, library, context.invocation.id));
  KX_TRY(by, by_whom(context, *store));
  const std::string on = context.invocation.on.empty() ? format_day(context.today()) : context.invocation.on;
  std::string full_time;
  if (!words.leader_full_time.empty()) full_time = words.leader_full_time == "yes" ? "true" : "false";
  inspect::Desk desk = context.desk(*store);
  KX_TRY(step, green::add_step(desk, id, words.step,
                               {{"done_on", on},
                                {"done_by", by},
                                {"document", words.document},
                                {"result", words.result},
                                {"team_size", words.team},
                                {"team_intermediate", words.intermediate},
                                {"team_senior", words.senior},
                                {"leader_is_full_time", full_time}}));
  return print_made(context, *store, step);
}

Result<int> run_green_show(Context& context) {
  KX_TRY(library, library_of(context));
  KX_TRY(store, context.office.reader());
  if (const auto id = parse_uuid(context.invocation.id); id.ok()) {
    KX_TRY(view, store->read(*id));
    if (view.record.kind().number == kinds::green_assessment) return show_assessment(context, *store, library, *id);
  }
  KX_TRY(mine, find_mine(*store, context.invocation.id));
  return show_mine(context, *store, library, mine);
}

Result<int> run_green_what_if(Context& context) {
  KX_TRY(library, library_of(context));
  KX_TRY(store, context.office.reader());
  KX_TRY(id, find_assessment(*store, library, context.invocation.id));
  KX_TRY(assessment, green::read_assessment(*store, library, id));
  if (!assessment.standing) {
    return Error(ErrorCode::bad_input, phrase("it cannot be determined: ") + assessment.no_total.front());
  }
  KX_TRY(found, green::what_if(assessment.table->table, assessment.scores, assessment.line));
  if (context.invocation.json) {
    context.out << format_json(what_if_json(assessment, found)) << '\n';
  } else {
    print_what_if(context.out, assessment, found);
  }
  return found.is_possible ? exit_done : exit_answer_is_no;
}

Result<int> run_green_tier(Context& context) {
  const GreenWords& words = context.invocation.green;
  KX_TRY(store, context.office.writer());
  KX_TRY(mine, find_mine(*store, context.invocation.id));
  KX_TRY(by, by_whom(context, *store));
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, green::set_tier(desk, {mine, words.tier, words.reason, context.invocation.on, by, {}}));
  return print_made(context, *store, id);
}

}  // namespace kuangxun::cli
