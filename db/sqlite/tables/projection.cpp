#include "db/sqlite/tables/projection.h"

#include <algorithm>
#include <span>

#include "db/base/hash.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"
#include "db/sqlite/tables/schema.h"

// A record's row is written a group at a time, as operations are: what an operation leaves out of its group becomes
// empty, and other groups stay. What does not fit its field is written as empty; it stands in the log all the same.
namespace kuangxun::sqlite {
namespace {

// Sets of groups that change together, with a prepared statement each; what officers enter makes a few dozen.
constexpr std::size_t group_sets_max = 256;

using records::FieldDescription;
using records::FieldValue;
using records::KindDescription;
using records::Value;

// One upsert that writes whole groups: values that an operation leaves out become empty.
std::string upsert_groups_sql(const KindDescription& kind, std::span<const records::GroupNumber> groups) {
  std::string names;
  std::string marks;
  std::string updates;
  for (const records::GroupNumber group : groups) {
    for (const FieldDescription* field : kind.fields_of(group)) {
      const std::string name = quoted_name(field->name);
      names += ", " + name;
      marks += ", ?";
      updates += (updates.empty() ? "" : ", ") + name + " = excluded." + name;
    }
  }
  return "INSERT INTO " + quoted_name("@" + kind.table_name()) + " (record_index" + names + ") VALUES (?" + marks +
         ") ON CONFLICT (record_index) DO UPDATE SET " + updates;
}

bool has_group(const KindDescription& kind, records::GroupNumber group) {
  const FieldDescription* first = kind.find_field(group);
  return first != nullptr && first->group == group;
}

const Value* value_of(const std::vector<FieldValue>& values, records::FieldNumber number) {
  const auto found = std::ranges::lower_bound(values, number, {}, &FieldValue::field);
  return found == values.end() || found->field != number ? nullptr : &found->value;
}

}  // namespace

std::string select_records_sql(const KindDescription& kind, std::string_view condition) {
  std::string sql = "SELECT record.id, t.is_voided, t.void_reason";
  for (const FieldDescription& field : kind.fields) sql += ", t." + quoted_name(field.name);
  return sql + " FROM " + quoted_name("@" + kind.table_name()) + " AS t JOIN record USING (record_index) " +
         std::string(condition);
}

records::Record record_from_row(const KindDescription& kind, const Statement& select) {
  records::Record record(uuid_from_bytes(select.bytes(0)), kind);
  if (select.integer(1) != 0) record.set_voided(true, std::string(select.text(2)));
  int column = 3;
  for (const FieldDescription& field : kind.fields) {
    record.set_value(field, column_value(select, column++, field.type));
  }
  return record;
}

void bind_value(Statement& statement, int parameter, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return statement.bind(parameter, *number);
  if (const auto* text = std::get_if<std::string>(&value)) return statement.bind(parameter, std::string_view(*text));
  if (const auto* bytes = std::get_if<Bytes>(&value)) return statement.bind(parameter, ByteView(*bytes));
  if (const auto* id = std::get_if<Uuid>(&value)) return statement.bind(parameter, id->view());
  statement.bind_null(parameter);
}

Value column_value(const Statement& statement, int column, records::FieldType type) {
  if (statement.is_null(column)) return {};
  switch (type) {
    case records::FieldType::text:
    case records::FieldType::long_text:
      return std::string(statement.text(column));
    case records::FieldType::reference:
      return uuid_from_bytes(statement.bytes(column));
    case records::FieldType::hash:
    case records::FieldType::geometry:
    case records::FieldType::track_points: {
      const ByteView bytes = statement.bytes(column);
      return Bytes(bytes.begin(), bytes.end());
    }
    default:
      return statement.integer(column);
  }
}

namespace {

void bind_group(Statement& upsert, int& parameter, const KindDescription& kind, records::GroupNumber group,
                const std::vector<FieldValue>& values) {
  static const Value empty;
  for (const FieldDescription* field : kind.fields_of(group)) {
    const Value* value = value_of(values, field->number);
    const bool fits = value != nullptr && records::fits_type(*field, *value);
    bind_value(upsert, parameter++, fits ? *value : empty);
  }
}

}  // namespace

Status Projection::show_group(const RecordEntry& record, records::GroupNumber group,
                              const std::vector<FieldValue>& values) {
  const KindDescription* kind = records::find_kind(record.kind);
  if (kind == nullptr || !has_group(*kind, group)) return {};
  std::string& sql = group_sql_[(std::uint32_t{record.kind} << 16) | group];
  if (sql.empty()) sql = upsert_groups_sql(*kind, {&group, 1});
  KX_TRY(upsert, database_.statement(sql));
  upsert->bind(0, record.index);
  int parameter = 1;
  bind_group(*upsert, parameter, *kind, group, values);
  return upsert->run();
}

Status Projection::show_groups(const RecordEntry& record, const std::vector<GroupValues>& groups) {
  const KindDescription* kind = records::find_kind(record.kind);
  if (kind == nullptr) return {};
  GroupSet set{record.kind, {}};
  for (const GroupValues& one : groups) {
    if (has_group(*kind, one.group)) set.second.push_back(one.group);
  }
  if (set.second.empty()) return {};
  auto known = group_set_sql_.find(set);
  if (known == group_set_sql_.end() && group_set_sql_.size() >= group_sets_max) {
    for (const GroupValues& one : groups) KX_CHECK(show_group(record, one.group, one.values));
    return {};
  }
  if (known == group_set_sql_.end()) {
    std::string sql = upsert_groups_sql(*kind, set.second);
    known = group_set_sql_.emplace(std::move(set), std::move(sql)).first;
  }
  KX_TRY(upsert, database_.statement(known->second));
  upsert->bind(0, record.index);
  int parameter = 1;
  for (const GroupValues& one : groups) {
    if (has_group(*kind, one.group)) bind_group(*upsert, parameter, *kind, one.group, one.values);
  }
  return upsert->run();
}

Status Projection::show_existence(const RecordEntry& record, bool voided, const std::string& reason) {
  const KindDescription* kind = records::find_kind(record.kind);
  if (kind == nullptr) return {};
  KX_TRY(upsert,
         database_.statement("INSERT INTO " + quoted_name("@" + kind->table_name()) +
                             " (record_index, is_voided, void_reason) VALUES (?, ?, ?) ON CONFLICT (record_index) "
                             "DO UPDATE SET is_voided = excluded.is_voided, void_reason = excluded.void_reason"));
  upsert->bind(0, record.index);
  upsert->bind(1, std::int64_t{voided ? 1 : 0});
  if (voided) {
    upsert->bind(2, std::string_view(reason));
  } else {
    upsert->bind_null(2);
  }
  return upsert->run();
}

Status Projection::insert_record(const RecordEntry& record, const records::Record& shown) {
  const KindDescription& kind = shown.kind();
  std::string& sql = group_sql_[(std::uint32_t{record.kind} << 16) | 0xffff];
  if (sql.empty()) {
    sql = "INSERT INTO " + quoted_name("@" + kind.table_name()) + " VALUES (?, ?, ?";
    for (std::size_t i = 0; i < kind.fields.size(); ++i) sql += ", ?";
    sql += ")";
  }
  KX_TRY(insert, database_.statement(sql));
  insert->bind(0, record.index);
  insert->bind(1, std::int64_t{shown.is_voided() ? 1 : 0});
  if (shown.is_voided()) {
    insert->bind(2, std::string_view(shown.void_reason()));
  } else {
    insert->bind_null(2);
  }
  int parameter = 3;
  for (const Value& value : shown.values()) bind_value(*insert, parameter++, value);
  return insert->run();
}

Result<std::vector<records::Record>> Projection::read_all(const KindDescription& kind) {
  KX_TRY(select, database_.statement(select_records_sql(kind, "")));
  std::vector<records::Record> all;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    all.push_back(record_from_row(kind, *select));
  }
  select->reset();
  return all;
}

Result<history::Visibility> Projection::read_visibility(const Uuid& county) {
  KX_TRY(records, read_all(records::kind_of(records::kinds::device)));
  KX_TRY(decisions, read_all(records::kind_of(records::kinds::decision)));
  records.insert(records.end(), decisions.begin(), decisions.end());
  return history::Visibility(county, records);
}

Result<std::vector<std::int64_t>> Projection::rows_by(std::string_view sql, const Uuid& id, std::int64_t epoch) {
  KX_TRY(select, database_.statement(sql));
  select->bind(0, id.view());
  select->bind(1, epoch);
  std::vector<std::int64_t> rows;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    rows.push_back(select->integer(0));
  }
  select->reset();
  return rows;
}

Result<std::vector<std::int64_t>> Projection::device_records(const history::WriterId& writer) {
  return rows_by("SELECT record_index FROM @enrolled_device WHERE device = ? AND epoch = ?", writer.device,
                 std::int64_t{writer.epoch});
}

Result<std::vector<std::int64_t>> Projection::person_key_records(const Uuid& person) {
  return rows_by("SELECT record_index FROM @person_key WHERE person = ? AND ?2 = ?2", person, 0);
}

void Projection::put_values(records::Record& shown, records::GroupNumber group, const std::vector<FieldValue>& values) {
  for (const FieldValue& value : values) {
    const FieldDescription* field = shown.kind().find_field(value.field);
    if (field != nullptr && field->group == group && records::fits_type(*field, value.value))
      shown.set_value(*field, value.value);
  }
}

}  // namespace kuangxun::sqlite
