#include "db/records/kinds.h"

#include <algorithm>
#include <cassert>

namespace kuangxun::records {
namespace {

std::vector<KindDescription> collect() {
  std::vector<KindDescription> all;
  for (auto& part : {register_kinds(), field_kinds(), yearly_kinds(), green_kinds(), county_kinds()}) {
    for (const KindDescription& kind : part) all.push_back(describe_kind(kind));
  }
  assert(std::ranges::is_sorted(all, std::ranges::less_equal{}, &KindDescription::number));
  return all;
}

}  // namespace

const std::vector<KindDescription>& all_kinds() {
  static const std::vector<KindDescription> all = collect();
  return all;
}

const KindDescription* find_kind(KindNumber number) {
  const auto found = std::ranges::lower_bound(all_kinds(), number, {}, &KindDescription::number);
  return found == all_kinds().end() || found->number != number ? nullptr : &*found;
}

const KindDescription* find_kind(std::string_view name) {
  const auto found = std::ranges::find(all_kinds(), name, &KindDescription::name);
  return found == all_kinds().end() ? nullptr : &*found;
}

const KindDescription& kind_of(KindNumber number) {
  const KindDescription* kind = find_kind(number);
  assert(kind != nullptr);
  return *kind;
}

}  // namespace kuangxun::records
