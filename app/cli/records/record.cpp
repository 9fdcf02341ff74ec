#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/document_json.h"
#include "app/criteria/checklist.h"
#include "app/inspect/edit/record_document.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

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
    if (!context.is_json) {
      context.out << id.text() << "  " << view.record.kind().label() << "  " << view.record.name() << "  " << local
                  << '\n';
    }
  }
  if (context.is_json) {
    JsonValue json = JsonValue::object();
    json.add("created", std::move(created));
    context.out << json::format_json(json) << '\n';
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

struct Record final : Command {
  std::filesystem::path path;

  void describe(WordList& words) override {
    words.about(
        say_text("enter the visit of a document with its points, answers, findings, statuses, people and photos, all "
                 "or nothing"));
    words.argument("FILE", path, say_text("a JSON file; assets/examples/README.md describes it"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    // Read and understood before the store is opened: what is not JSON never touches it.
    KX_TRY(text, read_text_file(path, limits::record_document_bytes_max));
    auto root = json::parse_json(text);
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
};

const Registered<Record> registered("record", 130);

}  // namespace
}  // namespace kuangxun::cli
