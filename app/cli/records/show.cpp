#include "app/cli/beside.h"
#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "db/base/csv.h"
#include "db/language/language.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;
using printout::Sources;

// By code; the data give no positions. Pairs of code and name.
Result<std::vector<std::pair<std::string, std::string>>> villages_of(Context& context,
                                                                     const records::Record& township) {
  std::vector<std::pair<std::string, std::string>> villages;
  KX_TRY(table, CsvTable::read(context.assets() / "orientation/village.csv"));
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (table.cell(row, "township") != township.text(records::township::code)) continue;
    villages.emplace_back(table.cell(row, "code"), table.cell(row, "name"));
  }
  return villages;
}

JsonValue villages_json(const std::vector<std::pair<std::string, std::string>>& villages) {
  JsonValue all = JsonValue::array();
  for (const auto& [code, name] : villages) {
    JsonValue one = JsonValue::object();
    one.add("code", JsonValue::string(code));
    one.add("name", JsonValue::string(name));
    all.push(std::move(one));
  }
  return all;
}

struct Show final : Command {
  std::string id_or_name;

  void describe(WordList& words) override {
    words.about(say_text("show a record with its citations, notes, disputes and children"));
    take_record(words, id_or_name);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(beside, read_beside(context, *store, true));
    const auto found = inspect::find_record(*store, id_or_name, {});
    if (!found.ok()) {
      // The county may hide all of it; then it is said why.
      const auto id = parse_uuid(id_or_name);
      const auto hidden = id.ok() ? beside.hidden.find(*id) : beside.hidden.end();
      if (hidden == beside.hidden.end()) return found.error();
      return Error(ErrorCode::not_found, phrase("the county hides the whole of record {0}: {1}",
                                                {id->text(), inspect::hidden_text(hidden->second.front())}));
    }
    KX_TRY(facts, inspect::record_facts(*store, *found));
    KX_CHECK(printout::add_outside_plan(beside, *store, {facts.view.record}));
    std::vector<std::pair<std::string, std::string>> villages;
    const bool is_township = facts.view.record.kind().number == records::kinds::township;
    if (is_township) {
      KX_TRY(known, villages_of(context, facts.view.record));
      villages = std::move(known);
    }
    if (context.is_json) {
      KX_TRY(sources, Sources::read(*store));
      KX_TRY(json, printout::facts_json(*store, beside, sources, facts));
      if (is_township) json.add("villages", villages_json(villages));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    printout::print_facts(context.out, beside, facts);
    for (const auto& [code, name] : villages) context.out << "  " << code << "  " << name << '\n';
    if (facts.view.record.kind().number == records::kinds::visit) {
      KX_TRY(seal, inspect::seal_of(*store, *found));
      if (seal) printout::print_seal(context.out, *seal, beside.names);
    }
    if (facts.view.record.kind().is_place) {
      KX_TRY(progress, inspect::restoration_progress(*store, facts.view.record));
      printout::print_restoration(context.out, progress);
    }
    return exit_done;
  }
};

const Registered<Show> registered("show", 120);

}  // namespace
}  // namespace kuangxun::cli
