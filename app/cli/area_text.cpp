#include "app/cli/area_text.h"

#include <cmath>

#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/walked_area.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr double square_metres_per_hectare = 10'000;

// Errors go up: what is said is never better than what was computed.
JsonValue hectares_up(const std::optional<double>& area_m2) {
  return area_m2 ? JsonValue::fixed(std::ceil(*area_m2) / square_metres_per_hectare, 4) : JsonValue();
}

void add_overlap(const geo::Overlap& overlap, JsonValue& json) {
  json.add("standing", JsonValue::string(geo::name_of(overlap.standing)));
  json.add("area_inside_ha", JsonValue::fixed(overlap.inside.area_m2 / square_metres_per_hectare, 4));
  json.add("area_inside_uncertainty_ha", hectares_up(overlap.inside.error_m2));
  json.add("area_outside_ha", JsonValue::fixed(overlap.outside.area_m2 / square_metres_per_hectare, 4));
  json.add("area_outside_uncertainty_ha", hectares_up(overlap.outside.error_m2));
  json.add("share_outside", JsonValue::fixed(overlap.share_outside, 4));
  json.add("share_outside_uncertainty", JsonValue::fixed(overlap.share_error, 4));
  json.add("farthest_outside_m", JsonValue::fixed(overlap.farthest_m, 2));
  json.add("farthest_outside_uncertainty_m", JsonValue::fixed(overlap.farthest_error_m, 2));
}

}  // namespace

Result<JudgedArea> judge(history::RecordStore& store, const records::Record& area) {
  KX_TRY(visit, store.read(area.reference(records::walked_area::visit)));
  KX_TRY(standing, licence::area_standing(store, area, visit.record.reference(records::visit::place)));
  JudgedArea judged{std::move(standing), {}};
  judged.words =
      judged.standing ? judged.standing->words : say_text("this place has no boundary yet: it cannot be determined");
  return judged;
}

Result<JsonValue> area_json(history::RecordStore& store, const records::Record& area) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(area.id().text()));
  json.add("kind", JsonValue::string("walked-area"));
  const auto* option = area.kind()
                           .find_field(records::walked_area::area_kind)
                           ->enumeration->find(area.integer(records::walked_area::area_kind));
  json.add("area_kind", option ? JsonValue::string(option->code) : JsonValue());
  json.add("label", JsonValue::string_or_null(area.text(records::walked_area::label)));
  json.add("area_ha", JsonValue::decimal(area.integer(records::walked_area::area_ha), 4));
  json.add("area_uncertainty_ha", area.has(records::walked_area::area_uncertainty_ha)
                                      ? JsonValue::decimal(area.integer(records::walked_area::area_uncertainty_ha), 4)
                                      : JsonValue());
  json.add("perimeter_m", JsonValue::decimal(area.integer(records::walked_area::perimeter_m), 2));
  json.add("track", area.has(records::walked_area::track)
                        ? JsonValue::string(area.reference(records::walked_area::track).text())
                        : JsonValue());
  json.add("is_voided", JsonValue::boolean(area.is_voided()));
  KX_TRY(judged, judge(store, area));
  if (judged.standing) add_overlap(judged.standing->overlap, json);
  if (!judged.standing) json.add("standing", JsonValue::string("unknown"));
  json.add("reason", JsonValue::string(judged.words));
  return json;
}

Result<std::string> area_text(history::RecordStore& store, const records::Record& area) {
  std::string text = area.id().text() + "  " + area.display(records::walked_area::area_kind);
  if (area.has(records::walked_area::label)) text += " " + area.text(records::walked_area::label);
  text += say_text(": ") + format_decimal(area.integer(records::walked_area::area_ha), 4);
  if (area.has(records::walked_area::area_uncertainty_ha))
    text += " ± " + format_decimal(area.integer(records::walked_area::area_uncertainty_ha), 4);
  text += say_with(in_context("cli", " ha, {0} m round"),
                   {format_decimal(area.integer(records::walked_area::perimeter_m), 2)});
  if (area.is_voided()) return text + say_with(" (voided: {0})", {area.void_reason()});
  KX_TRY(judged, judge(store, area));
  return text + "\n  " + judged.words;
}

Result<int> print_area(Context& context, history::RecordStore& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  if (context.is_json) {
    KX_TRY(json, area_json(store, view.record));
    context.out << json::format_json(json) << '\n';
  } else {
    KX_TRY(text, area_text(store, view.record));
    context.out << text << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
