#include <algorithm>

#include "app/cli/beside.h"
#include "app/cli/command.h"
#include "app/columns/table.h"
#include "app/json/json_value.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;
using printout::Beside;
using printout::Sources;
using records::FieldDescription;
using records::FieldType;

std::string kinds_list() {
  std::string text = say_text("Kinds:");
  for (const auto& kind : records::all_kinds()) {
    text += "\n  " + std::string(kind.name) + std::string(22 - std::min<std::size_t>(20, kind.name.size()), ' ') +
            std::string(kind.label());
  }
  return text;
}

// What fits a line: no long texts, outlines and pointers to other records.
std::vector<const FieldDescription*> list_columns(const records::KindDescription& kind,
                                                  const std::vector<records::Record>& records) {
  constexpr std::size_t columns_max = 7;
  std::vector<const FieldDescription*> columns;
  for (const FieldDescription& field : kind.fields) {
    const bool is_shown = field.type != FieldType::long_text && field.type != FieldType::geometry &&
                          field.type != FieldType::track_points && field.type != FieldType::hash &&
                          field.type != FieldType::reference && field.name != kind.name_field &&
                          !field.name.ends_with("_offset_min");
    const bool is_used = std::ranges::any_of(records, [&](const auto& record) { return record.has(field); });
    if (is_shown && is_used && columns.size() < columns_max) columns.push_back(&field);
  }
  return columns;
}

// Records of a kind of which nothing is shown, because the county hides all of them.
std::vector<const inspect::HiddenChange*> wholly_hidden(const Beside& beside, const records::KindDescription& kind,
                                                        const std::vector<records::Record>& shown) {
  std::set<Uuid> known;
  for (const records::Record& record : shown) known.insert(record.id());
  std::vector<const inspect::HiddenChange*> hidden;
  for (const auto& [record, changes] : beside.hidden) {
    if (changes.front().operation.kind == kind.number && !known.contains(record)) hidden.push_back(&changes.front());
  }
  return hidden;
}

Result<int> print_list(Context& context, history::RecordStore& store, const records::KindDescription& kind,
                       const std::vector<records::Record>& records) {
  KX_TRY(beside, read_beside(context, store, kind.number == records::kinds::photo));
  KX_CHECK(printout::add_outside_plan(beside, store, records));
  const auto columns = list_columns(kind, records);
  std::vector<std::string> heading = {say_text("id"), std::string(kind.label())};
  for (const FieldDescription* field : columns) heading.emplace_back(field->label());
  heading.push_back(say_text("sync"));
  heading.emplace_back();
  columns::Table table(std::move(heading));
  for (const records::Record& record : records) {
    KX_TRY(state, store.sync_state(record.id()));
    std::vector<std::string> row = {record.id().text(), record.name()};
    for (const FieldDescription* field : columns) row.push_back(record.display(*field));
    row.emplace_back(printout::label_of(state));
    row.push_back(printout::marks_of(beside, record));
    table.add(std::move(row));
  }
  table.print(context.out);
  context.out << say_with("{0} records", {std::to_string(records.size())}) << '\n';
  for (const inspect::HiddenChange* change : wholly_hidden(beside, kind, records)) {
    context.out << change->operation.record.text() << "  ";
    printout::print_hidden(context.out, beside.names, *change);
  }
  return exit_done;
}

Result<const records::KindDescription*> kind_named(const std::string& name) {
  if (const auto* kind = records::find_kind(name)) return kind;
  std::vector<std::string> names;
  for (const auto& kind : records::all_kinds()) names.emplace_back(kind.name);
  return Error(ErrorCode::usage, phrase("there is no kind \"{0}\"; expected one of {1}",
                                        {first_code_points(name, 40), join(names, ", ")}));
}

struct List final : Command {
  std::string kind_name;

  void describe(WordList& words) override {
    words.about(say_text("list the records of a kind"));
    words.argument("KIND", kind_name, say_text("a kind, see below"));
    words.more(kinds_list());
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(kind, kind_named(kind_name));
    KX_TRY(store, context.office.reader());
    KX_TRY(records, store->list(kind->number));
    if (!context.is_json) return print_list(context, *store, *kind, records);
    KX_TRY(beside, read_beside(context, *store, kind->number == records::kinds::photo));
    KX_CHECK(printout::add_outside_plan(beside, *store, records));
    KX_TRY(sources, Sources::read(*store));
    JsonValue all = JsonValue::array();
    for (const records::Record& record : records) {
      KX_TRY(state, store->sync_state(record.id()));
      all.push(printout::record_json_beside(beside, sources, record, state));
    }
    context.out << json::format_json(all) << '\n';
    return exit_done;
  }
};

const Registered<List> registered("list", 110);

}  // namespace
}  // namespace kuangxun::cli
