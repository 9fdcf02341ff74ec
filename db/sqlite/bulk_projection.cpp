#include "db/sqlite/bulk_projection.h"

#include <algorithm>
#include <iterator>

#include "db/frames/payload.h"

namespace kuangxun::sqlite {

Status BulkProjection::gather(const history::Operation& operation) {
  KX_TRY(key, dictionary_.key_of(operation.id));
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  const CellKey cell = cell_key(record.index, operation.group);
  KX_CHECK(log_.insert_row(key, cell, operation));
  entries_.push_back({cell, key});
  for (const history::OperationId& base : operation.bases) {
    KX_TRY(base_key, dictionary_.key_of(base));
    superseded_.push_back({cell, base_key});
  }
  return {};
}

bool BulkProjection::has_every_base() {
  std::vector<OperationKey> keys(entries_.size());
  std::ranges::transform(entries_, keys.begin(), &CellEntry::operation);
  std::ranges::sort(keys);
  return std::ranges::all_of(superseded_,
                             [&](const CellEntry& base) { return std::ranges::binary_search(keys, base.operation); });
}

Status BulkProjection::show() {
  std::ranges::sort(entries_);
  std::ranges::sort(superseded_);
  Entries heads;
  std::ranges::set_difference(entries_, superseded_, std::back_inserter(heads));
  entries_.clear();
  entries_.shrink_to_fit();
  for (auto first = heads.cbegin(); first != heads.cend();) {
    const std::int64_t record = record_index_of(first->cell);
    const auto last = std::find_if(first, heads.cend(),
                                   [&](const CellEntry& entry) { return record_index_of(entry.cell) != record; });
    KX_CHECK(show_record(first, last));
    first = last;
  }
  return log_.load();
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
  return has_existence ? log_.refresh_existence({index, named.kind}) : Status();
}

Status BulkProjection::show_group(CellKey cell, const std::vector<OperationKey>& heads, records::Record* shown) {
  KX_CHECK(log_.write_heads(cell, heads));
  if (group_of(cell) == records::existence_group) return {};
  if (heads.size() == 1) {
    if (shown == nullptr) return {};
    KX_TRY(values, values_of(heads.front()));
    Projection::put_values(*shown, group_of(cell), values);
    return {};
  }
  KX_TRY(full, log_.full_heads(cell));
  if (shown != nullptr) Projection::put_values(*shown, group_of(cell), history::shown_head(full).values);
  return log_.mark_disputed(cell, history::is_disputed(full));
}

Result<std::vector<records::FieldValue>> BulkProjection::values_of(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT content FROM operation WHERE operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  assert(row);
  static_cast<void>(row);
  auto values = frames::decode_values(select->bytes(0));
  select->reset();
  return values;
}

}  // namespace kuangxun::sqlite
