#include "app/inspect/place/restoration.h"

#include <algorithm>
#include <set>

#include "db/records/choices/restoration_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/county.h"
#include "db/records/handles/plan_target.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

Result<bool> is_of_void_visit(history::RecordReader& store, const records::Record& status) {
  if (!status.has(records::restoration_status::visit)) return false;
  const auto visit = store.read(status.reference(records::restoration_status::visit));
  if (!visit.ok() && visit.error().code() != ErrorCode::not_found) return visit.error();
  return visit.ok() && visit->record.is_voided();
}

bool is_later(const records::Record& a, const records::Record& b) {
  const std::int64_t day_a = a.integer(records::restoration_status::observed_on);
  const std::int64_t day_b = b.integer(records::restoration_status::observed_on);
  return day_a != day_b ? day_a > day_b : a.id() > b.id();
}

Result<UnitProgress> progress_of(history::RecordReader& store, records::Record unit, const std::set<Uuid>& disputed) {
  UnitProgress progress{std::move(unit), {}, false};
  KX_TRY(statuses, store.list_where(kinds::restoration_status, records::restoration_status::unit, progress.unit.id()));
  std::ranges::sort(statuses, is_later);
  for (records::Record& status : statuses) {
    if (status.is_voided()) continue;
    KX_TRY(is_void, is_of_void_visit(store, status));
    if (is_void) continue;
    progress.is_disputed = disputed.contains(status.id());
    progress.latest = std::move(status);
    break;
  }
  return progress;
}

Status add_plan_figures(history::RecordReader& store, RestorationProgress& progress) {
  KX_TRY(counties, store.list(kinds::county));
  for (const records::Record& county : counties) {
    if (county.has(records::county::legacy_untreated_ha))
      progress.plan_untreated_ha_e4 = county.integer(records::county::legacy_untreated_ha);
  }
  KX_TRY(targets, store.list_where(kinds::plan_target, records::plan_target::rule, std::string("R07")));
  for (const records::Record& target : targets) {
    if (target.has(records::plan_target::value))
      progress.plan_target_ha_e4 = target.integer(records::plan_target::value);
  }
  return {};
}

}  // namespace

Result<RestorationProgress> restoration_progress(history::RecordReader& store, const records::Record& place) {
  RestorationProgress progress;
  if (place.kind().find_field(records::common::area_ha) != nullptr && place.has(records::common::area_ha)) {
    progress.own_area_ha_e4 = place.integer(records::common::area_ha);
  }
  KX_TRY(units, store.list_where(kinds::restoration_unit, records::restoration_unit::parent, place.id()));
  std::set<Uuid> disputed;
  KX_TRY(disputes, store.disputes());
  for (const history::Dispute& dispute : disputes) disputed.insert(dispute.record);
  for (records::Record& unit : units) {
    if (unit.is_voided()) continue;
    KX_TRY(one, progress_of(store, std::move(unit), disputed));
    const bool finished =
        one.latest && one.latest->integer(records::restoration_status::state) == records::restoration_state::completed;
    if (finished && one.latest->has(records::restoration_status::area_ha))
      progress.finished_ha_e4 += one.latest->integer(records::restoration_status::area_ha);
    if (finished && !one.latest->has(records::restoration_status::area_ha)) ++progress.finished_without_area;
    progress.units.push_back(std::move(one));
  }
  KX_CHECK(add_plan_figures(store, progress));
  return progress;
}

}  // namespace kuangxun::inspect
