#include "app/inspect/walk.h"
#include "app/screens/visit_making.h"
#include "app/screens/workbench.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/walked_area.h"

namespace kuangxun::screens {

Status Workbench::start_walk(const Uuid& visit) {
  if (!track_) KX_CHECK(start_track(visit));
  receiver_.walk.emplace();
  return {};
}

std::vector<inspect::FieldText> Workbench::area_fields() const {
  const std::string& kind = slots_[Slot::area_kind];
  std::vector<inspect::FieldText> fields = {{"area_kind", kind.empty() ? "extraction-area" : kind}};
  if (!slots_[Slot::area_label].empty()) fields.push_back({"label", slots_[Slot::area_label]});
  return fields;
}

Status Workbench::finish_area(const Uuid& area) {
  KX_TRY(view, world_.desk.store.read(area));
  message_ = {
      say_with("the area is recorded: {0} ha", {format_decimal(view.record.integer(records::walked_area::area_ha), 4)}),
      Tone::good};
  slots_[Slot::area_label].clear();
  receiver_.walk.reset();
  return {};
}

Status Workbench::finish_walk(const Uuid& visit) {
  // What was walked must be in the store; on a refusal the walk goes on.
  KX_CHECK(keep_track());
  if (!receiver_.walk || receiver_.walk->points.empty()) return {};
  const auto text = [](const records::TrackPoint& point) { return format_instant(point.time_ms, 0); };
  std::vector<inspect::FieldText> fields = area_fields();
  fields.push_back({"from", text(receiver_.walk->points.front())});
  fields.push_back({"to", text(receiver_.walk->points.back())});
  KX_TRY(area, act("area.walk", {visit, fields, {}, {}, {}}));
  return finish_area(area);
}

Status Workbench::finish_points(const Uuid& visit) {
  if (!receiver_.walk) return {};
  inspect::Request request{visit, area_fields(), receiver_.walk->points_taken, {}, {}};
  KX_TRY(area, act("area.add", request));
  return finish_area(area);
}

}  // namespace kuangxun::screens
