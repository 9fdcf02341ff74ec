#include <algorithm>

#include "app/cli/document_json.h"
#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/criteria/checklist.h"
#include "app/inspect/actions.h"
#include "app/inspect/record_document.h"
#include "app/inspect/reference.h"
#include "app/inspect/settle.h"
#include "app/printout/record_json.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

// What was made or changed, as a script wants it.
Result<int> print_outcome(Context& context, history::RecordStore& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  if (!context.invocation.json) {
    context.out << view.record.kind().label() << "  " << view.record.name() << "  " << id.text() << '\n';
    return exit_done;
  }
  std::set<std::string> disputed;
  for (const auto group : view.disputed) disputed.insert(inspect::group_name(view.record.kind(), group));
  KX_TRY(sources, printout::Sources::read(store));
  const std::string source = sources.of(view.record);
  context.out << format_json(printout::record_json(view.record, source, view.sync_state, disputed)) << '\n';
  return exit_done;
}

std::string local_name_of(const inspect::Recorded& recorded, const Uuid& id) {
  for (const auto& [name, local_id] : recorded.local) {
    if (local_id == id) return name;
  }
  return {};
}

Result<int> print_recorded(Context& context, history::RecordStore& store, const inspect::Recorded& recorded) {
  JsonValue created = JsonValue::array();
  for (const Uuid& id : recorded.ids) {
    KX_TRY(view, store.read(id));
    const std::string local = local_name_of(recorded, id);
    JsonValue one = JsonValue::object();
    one.add("id", JsonValue::string(id.text()));
    one.add("kind", JsonValue::string(view.record.kind().name));
    one.add("name", JsonValue::string(view.record.name()));
    one.add("local", JsonValue::string_or_null(local));
    created.push(std::move(one));
    if (!context.invocation.json) {
      context.out << id.text() << "  " << view.record.kind().label() << "  " << view.record.name() << "  " << local
                  << '\n';
    }
  }
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("created", std::move(created));
    context.out << format_json(json) << '\n';
  }
  return exit_done;
}

std::string field_of(const inspect::DocumentRecord& record, std::string_view name) {
  for (const inspect::FieldText& field : record.fields) {
    if (field.name == name) return field.text;
  }
  return {};
}

// A choice that the item does not give, or a figure in another unit than it asks for.
Status check_answer(const inspect::DocumentRecord& record, const criteria::ChecklistItem& item) {
  const std::string choice = field_of(record, "choice");
  if (!choice.empty() && item.find_choice(choice) == nullptr) {
    std::vector<std::string> codes;
    for (const auto& one : item.choices) codes.push_back(one.code);
    return Error(ErrorCode::bad_input, phrase("{0}/choice: \"{1}\" has no choice \"{2}\" (there are: {3})",
                                              {record.where, item.id, first_code_points(choice, 40),
                                               codes.empty() ? phrase("none") : join(codes, ", ")}));
  }
  if (field_of(record, "measured").empty()) return {};
  const std::string unit = field_of(record, "measured_unit");
  if (item.answer == criteria::AnswerKind::number && (unit == item.unit.chinese || unit == item.unit.english))
    return {};
  if (item.answer != criteria::AnswerKind::number) {
    return Error(ErrorCode::bad_input, phrase("{0}/measured: \"{1}\" asks for no figure", {record.where, item.id}));
  }
  return Error(ErrorCode::bad_input,
               phrase("{0}/measured_unit: the unit of \"{1}\" is {2}", {record.where, item.id, item.unit.text()}));
}

// An answer to an item that no checklist has would feed no rule and stand on no paper.
Status check_items(const inspect::Document& document, const std::filesystem::path& assets) {
  const auto is_answer = [](const auto& record) { return record.kind == records::kinds::checklist_answer; };
  if (std::ranges::none_of(document.records, is_answer)) return {};
  KX_TRY(checklists, criteria::load_checklists(assets / "checklists"));
  for (const inspect::DocumentRecord& record : document.records) {
    const std::string id = field_of(record, "checklist");
    const std::string item = field_of(record, "item");
    if (!is_answer(record) || id.empty() || item.empty()) continue;
    const auto checklist = std::ranges::find(checklists, id, &criteria::Checklist::id);
    if (checklist == checklists.end()) {
      return Error(ErrorCode::bad_input,
                   phrase("{0}/checklist: there is no checklist \"{1}\"", {record.where, first_code_points(id, 40)}));
    }
    const criteria::ChecklistItem* asked = checklist->find(item);
    if (asked == nullptr) {
      return Error(ErrorCode::bad_input, phrase("{0}/item: checklist \"{1}\" has no item \"{2}\"",
                                                {record.where, id, first_code_points(item, 40)}));
    }
    KX_CHECK(check_answer(record, *asked));
  }
  return {};
}

Result<int> run_one(Context& context, std::string_view action, const inspect::Request& request,
                    history::RecordStore& store) {
  inspect::Desk desk = context.desk(store);
  KX_TRY(id, inspect::run_action(desk, action, request));
  return print_outcome(context, store, id);
}

}  // namespace

Result<std::vector<inspect::FieldText>> read_assignments(const std::vector<std::string>& assignments) {
  std::vector<inspect::FieldText> fields;
  for (const std::string& assignment : assignments) {
    const std::size_t at = assignment.find('=');
    if (at == std::string::npos || at == 0) {
      return Error(ErrorCode::usage, phrase("\"{0}\" should be FIELD=VALUE", {first_code_points(assignment, 60)}));
    }
    fields.push_back({assignment.substr(0, at), assignment.substr(at + 1)});
  }
  return fields;
}

Result<int> run_record(Context& context) {
  const std::filesystem::path path = context.invocation.file;
  // Read and understood before the store is opened: what is not JSON never touches it.
  KX_TRY(text, read_text_file(path, limits::record_document_bytes_max));
  auto root = parse_json(text);
  if (!root.ok()) return root.error().within(path.string());
  auto document = read_document(*root, path.parent_path());
  if (!document.ok()) return document.error().within(path.string());
  if (const Status known = check_items(*document, context.assets()); !known.ok()) {
    return known.error().within(path.string());
  }
  KX_TRY(store, context.office.writer());
  inspect::Desk desk = context.desk(*store);
  const auto recorded = inspect::record_document(desk, *document);
  if (!recorded.ok()) return recorded.error().within(path.string());
  return print_recorded(context, *store, *recorded);
}

Result<int> run_set(Context& context) {
  KX_TRY(fields, read_assignments(context.invocation.assignments));
  KX_TRY(store, context.office.writer());
  KX_TRY(id, inspect::find_record(*store, context.invocation.id, {}));
  return run_one(context, "record.set", {id, std::move(fields), {}, {}, {}}, *store);
}

Result<int> run_void(Context& context) {
  KX_TRY(store, context.office.writer());
  KX_TRY(id, inspect::find_record(*store, context.invocation.id, {}));
  return run_one(context, "record.void", {id, {}, {}, {}, join(context.invocation.reason, " ")}, *store);
}

Result<int> run_resolve(Context& context) {
  const Invocation& invocation = context.invocation;
  if (invocation.take.empty() == invocation.assignments.empty()) {
    return Error(ErrorCode::usage, phrase("give --take OPERATION or --value FIELD=VALUE"));
  }
  KX_TRY(fields, read_assignments(invocation.assignments));
  KX_TRY(store, context.office.writer());
  KX_TRY(dispute, inspect::find_dispute(*store, invocation.id));
  inspect::Desk desk = context.desk(*store);
  KX_CHECK(invocation.take.empty() ? inspect::settle_with(desk, dispute, fields)
                                   : inspect::take_operation(desk, dispute, invocation.take));
  return print_outcome(context, *store, dispute.record);
}

}  // namespace kuangxun::cli
