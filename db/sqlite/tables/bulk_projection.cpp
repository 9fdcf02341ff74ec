#include "db/sqlite/tables/bulk_projection.h"

#include <algorithm>
#include <cassert>
#include <limits>

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
  constexpr auto all = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  KX_TRY(last, gather_some(0, all, [](OperationKey, CellKey, const std::vector<OperationKey>&) {}));
  static_cast<void>(last);
  return {};
}

Result<OperationKey> BulkProjection::gather_some(OperationKey after, std::size_t most,
                                                 const OperationRows::VisitRow& visit) {
  return rows_.for_each_after(after, most, [&](OperationKey key, CellKey cell, const std::vector<OperationKey>& bases) {
    finder_.add(key, cell, bases);
    visit(key, cell, bases);
  });
}

Status BulkProjection::show(const Uuid& county) {
  KX_TRY(countys, search_county(county));
  KX_CHECK(begin_part(countys()));
  KX_CHECK(show_whole_part());
  KX_TRY(rest, search_rest(county));
  KX_CHECK(begin_part(rest()));
  KX_CHECK(show_whole_part());
  return log_.load();
}

Result<BulkProjection::Search> BulkProjection::search_county(const Uuid& county) {
  KX_TRY(county_records, dictionary_.county_records());
  return Search([this, county, writers = dictionary_.all_writers(), county_records = std::move(county_records)] {
    return finder_.find_county(writers, county, county_records);
  });
}

Result<BulkProjection::Search> BulkProjection::search_rest(const Uuid& county) {
  KX_TRY(visibility, projection_.read_visibility(county));
  log_.set_visibility(visibility);
  return Search([this, visibility = std::move(visibility)] { return finder_.find_rest(visibility); });
}

Status BulkProjection::begin_part(HeadFinder::Part part) {
  part_ = std::move(part);
  shown_ = 0;
  for (const ParkedEntry& entry : part_.parked) KX_CHECK(log_.insert_parked(entry.missing, entry.operation));
  return {};
}

Status BulkProjection::show_whole_part() {
  KX_TRY(has_more, show_some(part_.heads.size()));
  assert(!has_more);
  static_cast<void>(has_more);
  return {};
}

Result<bool> BulkProjection::show_some(std::size_t groups) {
  const std::size_t enough = shown_ + groups;
  while (shown_ < part_.heads.size() && shown_ < enough) {
    const auto first = part_.heads.cbegin() + static_cast<std::ptrdiff_t>(shown_);
    const std::int64_t record = record_index_of(first->cell);
    const auto last = std::find_if(first, part_.heads.cend(),
                                   [&](const CellEntry& entry) { return record_index_of(entry.cell) != record; });
    KX_CHECK(show_record(first, last));
    shown_ = static_cast<std::size_t>(last - part_.heads.cbegin());
  }
  return shown_ < part_.heads.size();
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
