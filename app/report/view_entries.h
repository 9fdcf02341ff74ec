#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/report/visit_record.h"
#include "db/history/record_store.h"

// A stored record's fields as a paper prints them: every head of a dispute, the open ones named by who entered them.
namespace kuangxun::report {

using PersonName = std::function<std::string(const Uuid& person)>;

// One head of a merge group, asked by its fields. Borrows both; valid while the RecordView lives.
class HeadFields {
 public:
  HeadFields(const records::KindDescription& kind, const history::Head& head) : kind_(kind), head_(head) {}
  // monostate when the head does not set the field.
  const records::Value& value(const records::FieldHandle& field) const;
  bool has(const records::FieldHandle& field) const { return records::has_value(value(field)); }
  // As people read it, without a decimal's unit.
  std::string display(const records::FieldHandle& field) const;
  std::int64_t integer(const records::NumberHandle& field) const;
  std::optional<Decimal> decimal(const records::NumberHandle& field) const;
  // Shown in Beijing time, whatever offset the laptop had.
  std::optional<Instant> instant(const records::NumberHandle& field) const;

 private:
  const records::KindDescription& kind_;
  const history::Head& head_;
};

// Reads one value out of each head of the group that `field` belongs to; `read` gives nothing for a head without
// one. Equal values of a disputed group are one.
template <class T, class Read, class Same>
Entry<T> group_entry(const history::RecordView& view, const records::FieldHandle& field, const PersonName& person_name,
                     Read read, Same same) {
  Entry<T> entry;
  const records::KindDescription& kind = view.record.kind();
  const auto heads = view.heads.find(kind.field(field).group);
  if (heads == view.heads.end()) return entry;
  for (const history::Head& head : heads->second) {
    std::optional<T> value = read(HeadFields(kind, head));
    if (!value) continue;
    bool known = false;
    for (const auto& other : entry.heads) known = known || same(other.value, *value);
    if (!known) entry.heads.push_back({std::move(*value), person_name(head.person)});
  }
  return entry;
}

// A text, a choice or a number as people read it. A head that empties the field counts in a dispute as an empty text.
TextEntry text_entry(const history::RecordView& view, const records::FieldHandle& field, const PersonName& person_name);
Entry<Decimal> decimal_entry(const history::RecordView& view, const records::NumberHandle& field,
                             const PersonName& person_name);
Entry<Instant> instant_entry(const history::RecordView& view, const records::NumberHandle& field,
                             const PersonName& person_name);

}  // namespace kuangxun::report
