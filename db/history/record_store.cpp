#include "db/history/record_store.h"

#include <algorithm>

namespace kuangxun::history {

std::vector<OperationId> RecordView::seen(records::GroupNumber group) const {
  const auto found = heads.find(group);
  return found == heads.end() ? std::vector<OperationId>() : ids_of(found->second);
}

std::vector<OperationId> RecordView::seen_all() const {
  std::vector<OperationId> all;
  for (const auto& [group, group_heads] : heads) {
    for (const Head& head : group_heads) all.push_back(head.id);
  }
  std::ranges::sort(all);
  return all;
}

Result<std::uint64_t> RecordReader::count_standing(records::KindNumber kind, std::string_view field_name,
                                                   const records::Value& value) {
  KX_TRY(records, list_where(kind, field_name, value));
  return static_cast<std::uint64_t>(std::ranges::count(records, false, &records::Record::is_voided));
}

// A group without a value makes no operation: nobody said anything about it, so there is nothing to agree or to dispute
// about when somebody fills it in.
std::vector<Edit> edits_for_new(const records::Record& record) {
  std::vector<Edit> edits;
  for (const records::GroupNumber group : record.kind().groups) {
    Edit edit{record.id(), record.kind().number, group, {}, {}};
    for (const records::FieldDescription* field : record.kind().fields_of(group)) {
      if (records::has_value(record.value(*field))) edit.values.push_back({field->number, record.value(*field)});
    }
    if (!edit.values.empty()) edits.push_back(std::move(edit));
  }
  return edits;
}

Result<std::vector<Operation>> RecordReader::hidden_operations(std::size_t) {
  return std::vector<Operation>();
}

}  // namespace kuangxun::history
