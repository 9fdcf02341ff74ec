#include "sync/ledger/display.h"

#include <algorithm>

// Heads and rows are compared with what was there, so that a page that changes little writes little; and all records
// are written together, because a database takes a batch much faster than the same rows one by one.
namespace kuangxun::ledger {
namespace {

struct Differences {
  std::vector<ports::HeadKey> gone;
  std::vector<history::Operation> come;
};

void compare(const RecordChange& change, Differences& differences) {
  static const std::vector<history::Operation> none;
  for (const auto& [group, before] : change.before) {
    const auto found = change.after->find(group);
    const auto& after = found == change.after->end() ? none : found->second;
    for (const history::OperationId& id : before) {
      if (std::ranges::find(after, id, &history::Operation::id) == after.end()) {
        differences.gone.push_back({change.record, group, id});
      }
    }
    for (const history::Operation& head : after) {
      if (std::ranges::find(before, head.id) == before.end()) differences.come.push_back(head);
    }
  }
}

bool is_shown(const tables::RecordHeads& heads) {
  return std::ranges::any_of(heads, [](const auto& group) { return !group.second.empty(); });
}

}  // namespace

Status display(County& county, std::span<const RecordChange> changes) {
  Differences differences;
  std::vector<tables::TypedRow> fresh;
  std::vector<tables::TypedRow> changed;
  std::set<ports::RecordKey> gone;
  for (const RecordChange& change : changes) {
    compare(change, differences);
    const tables::TypedTable* table = tables::typed_table_of(change.record.kind);
    if (table == nullptr) continue;
    if (!is_shown(*change.after)) {
      if (change.was_shown) gone.insert(change.record);
      continue;
    }
    (change.was_shown ? changed : fresh)
        .push_back(tables::make_row(county.state().county, change.record.id, *table, *change.after));
  }
  KX_CHECK(county.store().remove_heads(differences.gone));
  KX_CHECK(county.store().add_heads(differences.come));
  KX_CHECK(county.store().remove_rows(gone));
  KX_CHECK(county.store().replace_rows(changed));
  return county.store().add_rows(fresh);
}

}  // namespace kuangxun::ledger
