#include "db/sqlite/tables/bulk_projection.h"

#include <algorithm>

// Operation after operation, every one of them looks up and rewrites what the one before it wrote. Here all heads are
// found first, by sorting, and each record is written once. The county's own records come first, because they say what
// of the rest is hidden.
namespace kuangxun::sqlite {

Status BulkProjection::gather(const history::Operation& operation) {
  KX_TRY(key, dictionary_.key_of(operation.id));
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(bases, dictionary_.keys_of(operation.bases));
  KX_TRY(is_new, rows_.insert(key, cell, operation, bases));
  if (is_new) finder_.add(key, cell, bases);
  return {};
}

Status BulkProjection::gather_rows() {
  return rows_.for_each(
      [&](OperationKey key, CellKey cell, const std::vector<OperationKey>& bases) { finder_.add(key, cell, bases); });
}

Status BulkProjection::show(const Uuid& county) {
  KX_TRY(county_records, dictionary_.county_records());
  KX_CHECK(show_part(finder_.find_county(county, county_records)));
  KX_TRY(visibility, projection_.read_visibility(county));
  log_.set_visibility(visibility);
  KX_CHECK(show_part(finder_.find_rest(visibility)));
  return log_.load();
}

Status BulkProjection::show_part(const HeadFinder::Part& part) {
  for (const ParkedEntry& entry : part.parked) KX_CHECK(log_.insert_parked(entry.missing, entry.operation));
  for (auto first = part.heads.cbegin(); first != part.heads.cend();) {
    const std::int64_t record = record_index_of(first->cell);
    const auto last = std::find_if(first, part.heads.cend(),
                                   [&](const CellEntry& entry) { return record_index_of(entry.cell) != record; });
    KX_CHECK(show_record(first, last));
    first = last;
  }
  return {};
}

Status BulkProjection::show_record(Entries::const_iterator first, Entries::const_iterator last) {
  const std::int64_t index = record_index_of(first->cell);
  KX_TRY(named, dictionary_.record(index));
  const records::KindDescription* kind = records::find_kind(named.kind);
  std::optional<records::Record> shown;
  if (kind != nullptr) shown.emplace(named.id, *kind);
  bool has_existence = false;
  bool has_known_group = false;
  while (first != last) {
    const CellKey cell = first->cell;
    std::vector<OperationKey> heads;
    for (; first != last && first->cell == cell; ++first) heads.push_back(first->operation);
    has_existence = has_existence || group_of(cell) == records::existence_group;
    const records::FieldDescription* field = kind == nullptr ? nullptr : kind->find_field(group_of(cell));
    has_known_group = has_known_group || (field != nullptr && field->group == group_of(cell));
    KX_CHECK(show_group(cell, heads, shown.has_value() ? &*shown : nullptr));
  }
  if (has_known_group) KX_CHECK(projection_.insert_record({index, named.kind}, *shown));
  return has_existence ? heads_.refresh_existence({index, named.kind}) : Status();
}

Status BulkProjection::show_group(CellKey cell, const std::vector<OperationKey>& heads, records::Record* shown) {
  KX_CHECK(heads_.write(cell, heads));
  if (group_of(cell) == records::existence_group) return {};
  if (heads.size() == 1) {
    if (shown == nullptr) return {};
    KX_TRY(values, rows_.values_of(heads.front()));
    Projection::put_values(*shown, group_of(cell), values);
    return {};
  }
  KX_TRY(full, heads_.full(cell));
  if (shown != nullptr) Projection::put_values(*shown, group_of(cell), history::shown_head(full).values);
  return heads_.mark_disputed(cell, history::is_disputed(full));
}

}  // namespace kuangxun::sqlite
