#include "app/licence/standing_boundaries.h"

#include "db/records/handles/boundary.h"
#include "db/records/kinds.h"

namespace kuangxun::licence {

Result<std::vector<records::Record>> standing_boundaries(history::RecordReader& store, const Uuid& place) {
  KX_TRY(boundaries, store.list_where(records::kinds::boundary, records::boundary::place, place));
  std::erase_if(boundaries, [](const records::Record& boundary) {
    return boundary.is_voided() || !boundary.has(records::boundary::outline);
  });
  return boundaries;
}

// A dispute about anything of it, not only its outline: two people were not of one mind about this boundary.
Result<std::optional<std::int64_t>> corner_accuracy_mm(history::RecordReader& store, const records::Record& boundary) {
  constexpr std::int64_t mm_per_cm = 10;
  KX_TRY(view, store.read(boundary.id()));
  if (!boundary.has(records::boundary::corner_accuracy_m) || !view.disputed.empty())
    return std::optional<std::int64_t>();
  return std::optional(boundary.integer(records::boundary::corner_accuracy_m) * mm_per_cm);
}

}  // namespace kuangxun::licence
