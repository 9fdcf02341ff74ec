#include "sync/reader/record_heads.h"

#include <algorithm>

#include "db/frames/frame.h"

namespace kuangxun::reader {
namespace {

history::Head head_of(const history::Operation& operation) {
  return {operation.id, operation.time, operation.person, operation.values};
}

}  // namespace

history::HeadsByGroup heads_of(const RecordHeads& operations) {
  history::HeadsByGroup heads;
  for (const auto& [group, of_group] : operations) {
    for (const history::Operation& operation : of_group) heads[group].push_back(head_of(operation));
  }
  return heads;
}

std::vector<history::Head> edits_unseen_by_voids(const RecordHeads& operations) {
  std::vector<history::Head> field_heads;
  // An edit that one standing void saw has been decided on, whatever another void saw.
  std::vector<history::OperationId> seen;
  bool is_voided = false;
  for (const auto& [group, of_group] : operations) {
    for (const history::Operation& operation : of_group) {
      if (group != records::existence_group) {
        field_heads.push_back(head_of(operation));
      } else if (operation.is_void()) {
        is_voided = true;
        seen.insert(seen.end(), operation.bases.begin(), operation.bases.end());
      }
    }
  }
  std::ranges::sort(seen);
  return is_voided ? history::unseen_by_void(seen, field_heads) : std::vector<history::Head>();
}

std::vector<history::Dispute> disputes_in(const ports::RecordKey& record, const RecordHeads& operations) {
  const std::vector<history::Head> unseen = edits_unseen_by_voids(operations);
  std::vector<history::Dispute> disputes;
  for (auto& [group, heads] : heads_of(operations)) {
    const bool is_existence = group == records::existence_group;
    if (!history::is_disputed(heads) && (!is_existence || unseen.empty())) continue;
    disputes.push_back({record.id, record.kind, group, heads, is_existence ? unseen : std::vector<history::Head>()});
  }
  return disputes;
}

history::SyncState sync_state_of(const RecordHeads& operations) {
  for (const auto& [group, of_group] : operations) {
    for (const history::Operation& operation : of_group) {
      if (operation.id.writer != frames::pinned_writer()) return history::SyncState::applied;
    }
  }
  return history::SyncState::registers;
}

}  // namespace kuangxun::reader
