#include "sync/tables/typed_tables.h"

#include <algorithm>
#include <cassert>

#include "db/base/calendar.h"
#include "db/base/text.h"
#include "db/history/apply.h"
#include "db/history/dispute.h"
#include "db/records/enumerations.h"
#include "db/records/geometry.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"

namespace kuangxun::tables {
namespace {

ColumnType type_of(const records::FieldDescription& field) {
  switch (field.type) {
    case records::FieldType::text:
    case records::FieldType::long_text:
    case records::FieldType::enumeration:
      return ColumnType::text;
    case records::FieldType::integer:
      return ColumnType::integer;
    case records::FieldType::decimal:
      return ColumnType::decimal;
    case records::FieldType::boolean:
      return ColumnType::boolean;
    case records::FieldType::day:
      return ColumnType::day;
    case records::FieldType::instant:
      return ColumnType::instant;
    case records::FieldType::reference:
      return ColumnType::id;
    case records::FieldType::hash:
    case records::FieldType::track_points:
      return ColumnType::hash;
    case records::FieldType::geometry:
      return ColumnType::polygon;
  }
  return ColumnType::text;
}

std::string comment_of(const records::FieldDescription& field) {
  std::string comment = std::string(field.chinese) + " / " + std::string(field.english);
  if (!field.unit.empty()) comment += "; " + std::string(field.unit);
  if (field.type == records::FieldType::instant) comment += "; UTC";
  if (field.type == records::FieldType::reference && !field.targets.empty()) {
    std::vector<std::string> targets;
    for (const records::KindNumber target : field.targets) targets.push_back(records::kind_of(target).table_name());
    comment += "; -> " + join(targets, ", ");
  }
  if (field.enumeration != nullptr) {
    std::vector<std::string> options;
    for (const records::EnumerationOption& option : field.enumeration->options) {
      options.push_back(std::string(option.code) + " " + std::string(option.chinese));
    }
    comment += "; " + join(options, ", ");
  }
  return comment;
}

Column column(std::string name, ColumnType type, std::string title, const std::string& english) {
  return {std::move(name), type, 0, title, title + " / " + english, false};
}

TypedTable describe_table(const records::KindDescription& kind) {
  TypedTable table{&kind, kind.table_name(), std::string(kind.chinese), {}, {}};
  table.comment = table.title + " / " + std::string(kind.english);
  table.columns.push_back(column("county_id", ColumnType::id, "县级库编号", "the county database this row is of"));
  table.columns.push_back(column("id", ColumnType::id, "记录编号", "record"));
  for (const records::FieldDescription& field : kind.fields) {
    table.columns.push_back({std::string(field.name), type_of(field), field.scale, std::string(field.chinese),
                             comment_of(field), field.is_indexed});
  }
  if (kind.number == records::kinds::gps_point) {
    table.columns.push_back(column("position", ColumnType::point, "位置", "latitude_deg, longitude_deg; EPSG:4490"));
  }
  table.columns.push_back(column("is_voided", ColumnType::boolean, "已作废", "voided"));
  table.columns.push_back(column("void_reason", ColumnType::text, "作废原因", "why it was voided"));
  table.columns.push_back(column("disputed_fields", ColumnType::text, "有争议的字段",
                                 "columns with more than one value, comma-separated; the latest is shown"));
  table.columns.push_back(column("updated_at", ColumnType::instant, "最后修改",
                                 "newest change, by the clock of the laptop that made it; UTC"));
  return table;
}

std::vector<TypedTable> describe_tables() {
  std::vector<TypedTable> tables;
  for (const records::KindDescription& kind : records::all_kinds()) tables.push_back(describe_table(kind));
  return tables;
}

std::vector<history::Head> heads_of(const std::vector<history::Operation>& operations) {
  std::vector<history::Head> heads;
  for (const history::Operation& operation : operations) {
    heads.push_back({operation.id, operation.time, operation.person, operation.values});
  }
  return heads;
}

const records::Value* value_of(const history::Head& head, records::FieldNumber field) {
  for (const records::FieldValue& value : head.values) {
    if (value.field == field) return &value.value;
  }
  return nullptr;
}

// A day or instant that no calendar of ours names comes from a broken clock or a hostile hand; no database would take
// it for a date. The column is left empty, the signed value stands in sync_operation.
bool is_no_date(const records::FieldDescription& field, const records::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return false;
  if (field.type == records::FieldType::day) return *number < first_day || *number > last_day;
  return field.type == records::FieldType::instant && (*number < first_instant_ms || *number > last_instant_ms);
}

records::Value shown_value(const records::FieldDescription& field, const records::Value& value) {
  // A newer program's value: kept and passed on, shown nowhere.
  if (!records::fits_type(field, value) || is_no_date(field, value)) return {};
  if (field.enumeration == nullptr || records::is_empty(value)) return value;
  return records::format_value(field, value);
}

// The point of a GPS record; nothing when a coordinate is missing or out of range.
records::Value position_of(const TypedTable& table, const TypedRow& row) {
  const auto coordinate = [&](std::string_view name) {
    const auto found = std::ranges::find(table.columns, name, &Column::name);
    const auto& value = row.values[static_cast<std::size_t>(found - table.columns.begin())];
    return std::get_if<std::int64_t>(&value);
  };
  constexpr std::int64_t degree = 1'000'000'000;
  const std::int64_t* latitude = coordinate("latitude_deg");
  const std::int64_t* longitude = coordinate("longitude_deg");
  if (latitude == nullptr || longitude == nullptr) return {};
  if (*latitude < -90 * degree || *latitude > 90 * degree) return {};
  if (*longitude < -180 * degree || *longitude > 180 * degree) return {};
  return records::encode_point({*latitude, *longitude});
}

struct Existence {
  bool is_voided = false;
  bool is_disputed = false;
  std::string reason;
};

// Voided by one, edited by another who did not see it: shown as voided, marked as disputed.
Existence existence_of(const RecordHeads& heads) {
  Existence existence;
  const auto found = heads.find(records::existence_group);
  if (found == heads.end()) return existence;
  const std::vector<history::Head> own = heads_of(found->second);
  const history::Head& shown = history::shown_head(own);
  const records::Value* voided = value_of(shown, history::existence_voided_field);
  existence.is_voided = voided != nullptr && *voided == records::Value(std::int64_t{1});
  const records::Value* reason = value_of(shown, history::existence_reason_field);
  if (reason != nullptr && std::holds_alternative<std::string>(*reason))
    existence.reason = std::get<std::string>(*reason);
  existence.is_disputed = history::is_disputed(own);

  std::vector<history::OperationId> seen;
  for (const history::Operation& operation : found->second) {
    if (operation.is_void()) seen.insert(seen.end(), operation.bases.begin(), operation.bases.end());
  }
  if (!existence.is_voided) return existence;
  std::ranges::sort(seen);
  for (const auto& [group, operations] : heads) {
    if (group == records::existence_group) continue;
    if (!history::unseen_by_void(seen, heads_of(operations)).empty()) existence.is_disputed = true;
  }
  return existence;
}

void set(TypedRow& row, std::string_view name, records::Value value) {
  const auto found = std::ranges::find(row.table->columns, name, &Column::name);
  assert(found != row.table->columns.end());
  row.values[static_cast<std::size_t>(found - row.table->columns.begin())] = std::move(value);
}

}  // namespace

const Column* TypedTable::geometry() const {
  for (const Column& candidate : columns) {
    if (candidate.type == ColumnType::point || candidate.type == ColumnType::polygon) return &candidate;
  }
  return nullptr;
}

const std::vector<TypedTable>& typed_tables() {
  static const std::vector<TypedTable> tables = describe_tables();
  return tables;
}

const TypedTable* typed_table_of(records::KindNumber kind) {
  const auto found = std::ranges::find_if(typed_tables(), [&](const TypedTable& t) { return t.kind->number == kind; });
  return found == typed_tables().end() ? nullptr : &*found;
}

TypedRow make_row(const Uuid& county, const Uuid& record, const TypedTable& table, const RecordHeads& heads) {
  TypedRow row{&table, std::vector<records::Value>(table.columns.size())};
  set(row, "county_id", county);
  set(row, "id", record);
  std::vector<std::string> disputed;
  std::int64_t updated_ms = 0;
  for (const auto& [group, operations] : heads) {
    const std::vector<history::Head> group_heads = heads_of(operations);
    for (const history::Head& head : group_heads) updated_ms = std::max(updated_ms, head.time.wall_ms);
    if (group == records::existence_group) continue;
    const history::Head& shown = history::shown_head(group_heads);
    const bool is_disputed = history::is_disputed(group_heads);
    for (const records::FieldDescription* field : table.kind->fields_of(group)) {
      const records::Value* value = value_of(shown, field->number);
      if (value != nullptr) set(row, field->name, shown_value(*field, *value));
      if (is_disputed) disputed.emplace_back(field->name);
    }
  }
  if (table.kind->number == records::kinds::gps_point) set(row, "position", position_of(table, row));
  const Existence existence = existence_of(heads);
  if (existence.is_disputed) disputed.emplace_back("is_voided");
  set(row, "is_voided", std::int64_t{existence.is_voided});
  if (!existence.reason.empty()) set(row, "void_reason", existence.reason);
  if (!disputed.empty()) set(row, "disputed_fields", join(disputed, ","));
  set(row, "updated_at", std::min(updated_ms, last_instant_ms));
  return row;
}

}  // namespace kuangxun::tables
