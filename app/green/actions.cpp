#include "app/green/actions.h"

#include <algorithm>

#include "app/inspect/edit/edit.h"
#include "app/inspect/edit/record_document.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_score.h"
#include "db/records/kinds_green.h"

namespace kuangxun::green {
namespace {

namespace kinds = records::kinds;
using inspect::DocumentRecord;
using inspect::FieldText;

DocumentRecord begin(records::KindNumber kind, std::string local) {
  return {kind, std::move(local), {}, {}, {}, {}};
}

void add(DocumentRecord& record, std::string_view field, std::string text) {
  if (!text.empty()) record.fields.push_back({std::string(field), std::move(text)});
}

std::string marks_text(std::optional<std::int64_t> marks) {
  return marks ? format_marks(*marks) : std::string();
}

Result<Uuid> record_first(inspect::Desk& desk, inspect::Document document) {
  KX_TRY(recorded, inspect::record_document(desk, document));
  return recorded.ids.front();
}

Result<Uuid> record_one(inspect::Desk& desk, DocumentRecord record) {
  inspect::Document document;
  document.records.push_back(std::move(record));
  return record_first(desk, std::move(document));
}

std::string today(const inspect::Desk& desk) {
  return format_day(day_of(desk.clock.now_ms(), desk.offset_min));
}

// What of an entry becomes fields of its record.
class EntryReader {
 public:
  EntryReader(const Assessment& assessment, const ItemEntry& entry) : assessment_(assessment), entry_(entry) {}

  // The item's name in the record.
  std::string item;
  std::vector<FieldText> fields;

  Status read() {
    if (const Precondition* question = assessment_.index->find_precondition(entry_.item)) {
      item = question->fact;
      KX_CHECK(question->is_figure ? read_figure() : read_answer());
    } else {
      KX_CHECK(read_item());
    }
    if (!entry_.evidence.empty()) fields.push_back({records::green_score::evidence, entry_.evidence});
    return {};
  }

 private:
  Error wrong(const Words& message) const {
    return Error(ErrorCode::bad_input, excerpt(entry_.item, 40) + phrase(": ") + message);
  }
  bool says(std::initializer_list<std::string_view> words) const {
    return std::ranges::find(words, std::string_view(lower_ascii(entry_.value))) != words.end();
  }
  // The fields of the group, all of them, so that a new value leaves nothing of the one before.
  void set(std::string score, std::string is_not_applicable, std::string answer, std::string figure) {
    fields = {{records::green_score::score, std::move(score)},
              {records::green_score::is_not_applicable, std::move(is_not_applicable)},
              {records::green_score::answer, std::move(answer)},
              {records::green_score::figure, std::move(figure)}};
  }
  bool read_word() {
    const std::string lower = lower_ascii(entry_.value);
    if (lower == "yes" || lower == "是") {
      set("", "", "yes", "");
    } else if (lower == "no" || lower == "否") {
      set("", "", "no", "");
    } else if (lower == "?" || lower == "？" || lower == "cannot-tell" || lower == "无法判断") {
      set("", "", "cannot-tell", "");
    } else if (lower.empty()) {
      set("", "", "", "");
    } else {
      return false;
    }
    return true;
  }

  Status read_answer() {
    if (read_word()) return {};
    return wrong(phrase("a precondition is answered yes, no or ? (cannot tell)"));
  }

  Status read_figure() {
    if (entry_.value.empty()) {
      set("", "", "", "");
      return {};
    }
    const auto figure = parse_decimal(entry_.value, marks_scale);
    if (!figure.ok()) return wrong(figure.error().words());
    if (*figure < 0) return wrong(phrase("it cannot be negative"));
    set("", "", "", entry_.value);
    return {};
  }

  Status read_item() {
    const auto number = parse_decimal(entry_.item, 0);
    if (!number.ok() || *number < 1) {
      return wrong(phrase("no such item; give the number of an item, or of a precondition, as P1a"));
    }
    item = std::to_string(*number);
    const Item* known = nullptr;
    if (assessment_.table) {
      known = assessment_.table->table.find(*number);
      if (known == nullptr) return wrong(phrase("the item table has no such item"));
    } else if (assessment_.index->item_count && *number > *assessment_.index->item_count) {
      return wrong(phrase("the index has {0} items", {std::to_string(*assessment_.index->item_count)}));
    }
    const std::string lower = lower_ascii(entry_.value);
    if (lower == "na" || lower == "n/a" || lower == "不涉及") {
      set("", "true", "", "");
      return {};
    }
    if (read_word()) {
      const bool is_answer = !entry_.value.empty();
      if (is_answer && known != nullptr && !known->is_veto) {
        return wrong(
            phrase("only a veto item is answered yes or no; give "
                   "marks to the others"));
      }
      // A veto item that has marks keeps or loses them all with its answer.
      if (known != nullptr && known->is_veto && known->full_marks.value_or(0) > 0) {
        if (fields[2].text == "yes") fields[0].text = format_marks(*known->full_marks);
        if (fields[2].text == "no") fields[0].text = "0";
      }
      return {};
    }
    return read_marks(known);
  }

  Status read_marks(const Item* known) {
    const auto marks = parse_decimal(entry_.value, marks_scale);
    if (!marks.ok()) return wrong(marks.error().words());
    if (*marks < 0) return wrong(phrase("marks cannot be negative"));
    const auto most = known != nullptr ? known->full_marks : assessment_.index->marks_total;
    if (most && *marks > *most) {
      return wrong(phrase("{0} is more than the full marks {1}", {format_marks(*marks), format_marks(*most)}));
    }
    set(format_marks(*marks), "", "", "");
    return {};
  }

  const Assessment& assessment_;
  const ItemEntry& entry_;
};

}  // namespace

Result<Uuid> import_table(inspect::Desk& desk, const TableReading& reading, const TableImport& import) {
  if (!reading.faults.empty()) {
    const std::string more = reading.faults.size() == 1 ? ""
                                                        : say_with(" ({0} in all; green import --check lists them)",
                                                                   {std::to_string(reading.faults.size())});
    return Error(ErrorCode::bad_input, reading.faults.front() + more);
  }
  if (reading.table.items.empty()) {
    return Error(ErrorCode::bad_input, phrase("nothing is filled in"));
  }
  if (trim(import.text_source).empty()) {
    return Error(ErrorCode::bad_input, phrase("say with --source which text it was copied from"));
  }
  inspect::Document document;
  DocumentRecord table = begin(kinds::green_table, "@table");
  add(table, "index_id", reading.index_id);
  add(table, "label", import.label.empty() ? today(desk) : import.label);
  add(table, "text_source", import.text_source);
  add(table, "imported_at", format_instant(desk.clock.now_ms(), desk.offset_min));
  add(table, "file_name", import.file_name);
  add(table, "item_count", std::to_string(reading.table.items.size()));
  if (import.is_invented) add(table, "is_example", "true");
  document.records.push_back(std::move(table));
  for (const Item& item : reading.table.items) {
    DocumentRecord record = begin(kinds::green_item, {});
    add(record, "item_table", "@table");
    add(record, "number", std::to_string(item.number));
    add(record, "first_level", item.first_level);
    add(record, "second_level", item.second_level);
    add(record, "name", item.name);
    add(record, "full_marks", marks_text(item.full_marks));
    if (item.is_veto) add(record, "is_veto", "true");
    add(record, "scoring", item.scoring);
    add(record, "evidence", item.evidence);
    add(record, "effort", marks_text(item.effort));
    add(record, "effort_note", item.effort_note);
    document.records.push_back(std::move(record));
  }
  return record_first(desk, std::move(document));
}

Result<Uuid> begin_assessment(inspect::Desk& desk, const Library& library, const NewAssessment& wanted) {
  const std::string on = wanted.assessed_on.empty() ? today(desk) : wanted.assessed_on;
  KX_TRY(day, parse_day(on));
  const auto chosen = wanted.index_id.empty() ? library.in_force(wanted.level, day) : library.require(wanted.index_id);
  if (!chosen.ok()) return chosen.error();
  const Index& index = **chosen;
  if (index.level != wanted.level) {
    const auto* option = records::green_level_enumeration.find(index.level);
    return Error(ErrorCode::bad_input, phrase("{0} is an index of the {1} level",
                                              {index.id, either_phrase(option->chinese, option->english)}));
  }
  DocumentRecord record = begin(kinds::green_assessment, {});
  add(record, "mine", wanted.mine.text());
  add(record, "level", std::string(records::green_level_enumeration.find(wanted.level)->code));
  add(record, "index_id", index.id);
  add(record, "assessed_on", on);
  add(record, "assessor", wanted.assessor);
  Uuid table = wanted.table;
  if (table.is_nil()) {
    KX_TRY(tables, tables_of(desk.store, library, index.id));
    const auto found =
        std::ranges::find_if(tables, [](const StoredTable& one) { return one.gaps.empty() && !one.is_invented(); });
    if (found != tables.end()) table = found->record.id();
  } else {
    KX_TRY(stored, read_table(desk.store, library, table));
    if (stored.record.text(records::common::index_id) != index.id) {
      return Error(ErrorCode::bad_input, phrase("that item table is of {0}, not of {1}",
                                                {stored.record.text(records::common::index_id), index.id}));
    }
  }
  if (!table.is_nil()) add(record, "item_table", table.text());
  return record_one(desk, std::move(record));
}

Status enter_items(inspect::Desk& desk, const Library& library, const Uuid& id, const std::vector<ItemEntry>& entries) {
  KX_TRY(assessment, read_assessment(desk.store, library, id));
  if (assessment.record.is_voided()) {
    return Error(ErrorCode::bad_input, phrase("the assessment is void: {0}", {assessment.record.void_reason()}));
  }
  KX_TRY(stored, desk.store.list_where(kinds::green_score, records::green_score::assessment, id));
  inspect::Document added;
  std::vector<std::pair<Uuid, std::vector<FieldText>>> edited;
  std::vector<std::string> seen;
  for (const ItemEntry& entry : entries) {
    EntryReader reader(assessment, entry);
    KX_CHECK(reader.read());
    if (std::ranges::find(seen, reader.item) != seen.end()) {
      return Error(ErrorCode::bad_input, phrase("{0} stands twice", {excerpt(entry.item, 40)}));
    }
    seen.push_back(reader.item);
    bool is_stored = false;
    for (const records::Record& record : stored) {
      if (record.is_voided() || record.text(records::common::item) != reader.item) continue;
      is_stored = true;
      edited.emplace_back(record.id(), reader.fields);
    }
    if (is_stored) continue;
    DocumentRecord record = begin(kinds::green_score, {});
    add(record, "assessment", id.text());
    add(record, "item", reader.item);
    for (FieldText& field : reader.fields) add(record, field.name, field.text);
    added.records.push_back(std::move(record));
  }
  if (!added.records.empty()) {
    const auto recorded = inspect::record_document(desk, added);
    if (!recorded.ok()) return recorded.error();
  }
  for (const auto& [record, fields] : edited) KX_CHECK(inspect::set_fields(desk, record, fields));
  return {};
}

Result<Uuid> add_step(inspect::Desk& desk, const Uuid& assessment, const std::string& step,
                      std::vector<FieldText> fields) {
  if (records::green_step_enumeration.find(step) == nullptr) {
    std::vector<std::string> codes;
    for (const auto& option : records::green_step_enumeration.options) {
      codes.push_back(std::string(option.code) + say_text(" (") + std::string(either(option.chinese, option.english)) +
                      say_text(")"));
    }
    return Error(ErrorCode::bad_input,
                 phrase("there is no step \"{0}\"; they are: {1}", {excerpt(step, 40), join(codes, say(", "))}));
  }
  DocumentRecord record = begin(kinds::green_step, {});
  record.fields = std::move(fields);
  std::erase_if(record.fields, [](const FieldText& field) { return field.text.empty(); });
  add(record, "assessment", assessment.text());
  add(record, "step", step);
  return record_one(desk, std::move(record));
}

Result<Uuid> set_tier(inspect::Desk& desk, const NewTier& wanted) {
  if (records::green_tier_enumeration.find(wanted.tier) == nullptr) {
    return Error(ErrorCode::bad_input,
                 phrase("there is no tier \"{0}\": recommend, cultivate or supervise", {excerpt(wanted.tier, 40)}));
  }
  if (trim(wanted.reason).empty()) {
    return Error(ErrorCode::bad_input, phrase("a tier is set by a person, with the reason"));
  }
  if (trim(wanted.decided_by).empty()) {
    return Error(ErrorCode::bad_input, phrase("a tier is set by a person: say who (--by)"));
  }
  DocumentRecord record = begin(kinds::green_tier, {});
  add(record, "mine", wanted.mine.text());
  add(record, "tier", wanted.tier);
  add(record, "reason", wanted.reason);
  add(record, "decided_on", wanted.decided_on.empty() ? today(desk) : wanted.decided_on);
  add(record, "decided_by", wanted.decided_by);
  if (!wanted.assessment.is_nil()) add(record, "assessment", wanted.assessment.text());
  return record_one(desk, std::move(record));
}

}  // namespace kuangxun::green
