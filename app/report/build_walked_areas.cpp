#include "app/report/build_walked_areas.h"
#include "app/geo/measure_text.h"

#include <cmath>

#include "app/licence/walked_areas.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/walked_area.h"

namespace kuangxun::report {
namespace {

std::optional<WalkedAreaReading> read_area(const HeadFields& head) {
  const auto area_ha = head.decimal(records::walked_area::area_ha);
  if (!area_ha) return std::nullopt;
  return WalkedAreaReading{*area_ha, head.decimal(records::walked_area::area_uncertainty_ha),
                           head.decimal(records::walked_area::perimeter_m), head.has(records::walked_area::track)};
}

std::string percent(double share, bool upward) {
  const double tenths = share * 1000;
  return format_decimal_padded(std::llround(upward ? std::ceil(tenths) : tenths), 1);
}

std::string outside_text(const geo::Overlap& overlap) {
  std::string text = geo::hectares_text(overlap.outside.area_m2);
  if (overlap.outside.error_m2) text += " ± " + geo::error_hectares_text(*overlap.outside.error_m2);
  text += "\n" + percent(overlap.share_outside, false);
  if (overlap.share_error) text += " ± " + percent(*overlap.share_error, true);
  return text + " %";
}

}  // namespace

Result<WalkedAreaRow> walked_area_row(history::RecordReader& store, const history::RecordView& view, const Uuid& place,
                                      const PersonName& person_name) {
  WalkedAreaRow row;
  row.kind = text_entry(view, records::walked_area::area_kind, person_name);
  row.label = text_entry(view, records::common::label, person_name);
  row.reading = group_entry<WalkedAreaReading>(view, records::common::area_ha, person_name, read_area,
                                               [](const auto&, const auto&) { return false; });
  const auto standing = licence::area_standing(store, view.record, place);
  if (!standing.ok()) {
    // An outline or a line that cannot be compared is said, not hidden; a store that fails is no such thing.
    if (standing.error().code() != ErrorCode::bad_input) return standing.error();
    row.words = standing.error().message();
  } else if (*standing) {
    row.outside = outside_text((*standing)->overlap);
    row.words = (*standing)->words;
  } else {
    row.words = say_text("no boundary is entered: it cannot be determined");
  }
  return row;
}

}  // namespace kuangxun::report
