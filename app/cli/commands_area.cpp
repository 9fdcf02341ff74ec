#include <cmath>
#include <cstdio>

#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/inspect/actions.h"
#include "app/inspect/reference.h"
#include "app/licence/heights.h"
#include "app/licence/walked_areas.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

// Walked areas: made of points or of a track, listed, and laid over the line of their place; heights of points.
namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;

constexpr double square_metres_per_hectare = 10'000;

JsonValue fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return JsonValue::number(text);
}

JsonValue fixed_or_null(const std::optional<double>& value, int decimals) {
  return value ? fixed(*value, decimals) : JsonValue();
}

// Errors go up: what is said is never better than what was computed.
JsonValue hectares_up(const std::optional<double>& area_m2) {
  return area_m2 ? fixed(std::ceil(*area_m2) / square_metres_per_hectare, 4) : JsonValue();
}

void add_overlap(const geo::Overlap& overlap, JsonValue& json) {
  json.add("standing", JsonValue::string(geo::name_of(overlap.standing)));
  json.add("area_inside_ha", fixed(overlap.inside.area_m2 / square_metres_per_hectare, 4));
  json.add("area_inside_uncertainty_ha", hectares_up(overlap.inside.error_m2));
  json.add("area_outside_ha", fixed(overlap.outside.area_m2 / square_metres_per_hectare, 4));
  json.add("area_outside_uncertainty_ha", hectares_up(overlap.outside.error_m2));
  json.add("share_outside", fixed(overlap.share_outside, 4));
  json.add("share_outside_uncertainty", fixed_or_null(overlap.share_error, 4));
  json.add("farthest_outside_m", fixed(overlap.farthest_m, 2));
  json.add("farthest_outside_uncertainty_m", fixed_or_null(overlap.farthest_error_m, 2));
}

struct Judged {
  std::optional<licence::AreaStanding> standing;
  std::string words;
};

Result<Judged> judge(history::RecordStore& store, const records::Record& area) {
  KX_TRY(visit, store.read(area.reference(records::walked_area::visit)));
  KX_TRY(standing, licence::area_standing(store, area, visit.record.reference(records::visit::place)));
  Judged judged{std::move(standing), {}};
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
  json.add("area_ha", JsonValue::number(format_decimal(area.integer(records::walked_area::area_ha), 4)));
  json.add("area_uncertainty_ha",
           area.has(records::walked_area::area_uncertainty_ha)
               ? JsonValue::number(format_decimal(area.integer(records::walked_area::area_uncertainty_ha), 4))
               : JsonValue());
  json.add("perimeter_m", JsonValue::number(format_decimal(area.integer(records::walked_area::perimeter_m), 2)));
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
  if (context.invocation.json) {
    KX_TRY(json, area_json(store, view.record));
    context.out << format_json(json) << '\n';
  } else {
    KX_TRY(text, area_text(store, view.record));
    context.out << text << '\n';
  }
  return exit_done;
}

std::vector<inspect::FieldText> fields_of(const Invocation& invocation) {
  std::vector<inspect::FieldText> fields = {{"area_kind", invocation.kind}};
  for (const auto& [name, text] : {std::pair("label", invocation.label), std::pair("from", invocation.from),
                                   std::pair("to", invocation.to), std::pair("track", invocation.track)}) {
    if (!text.empty()) fields.push_back({name, text});
  }
  return fields;
}

}  // namespace

Result<int> run_area_walk(Context& context) {
  KX_TRY(store, context.office.writer());
  KX_TRY(visit, inspect::find_record(*store, context.invocation.visit, {kinds::visit}));
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, inspect::run_action(desk, "area.walk", {visit, fields_of(context.invocation), {}, {}, {}}));
  return print_area(context, *store, id);
}

Result<int> run_area_points(Context& context) {
  KX_TRY(store, context.office.writer());
  KX_TRY(visit, inspect::find_record(*store, context.invocation.visit, {kinds::visit}));
  inspect::Request request{visit, fields_of(context.invocation), context.invocation.points, {}, {}};
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, inspect::run_action(desk, "area.add", request));
  return print_area(context, *store, id);
}

Result<int> run_area_list(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(visit, inspect::find_record(*store, context.invocation.visit, {kinds::visit}));
  KX_TRY(areas, store->list_where(kinds::walked_area, records::walked_area::visit, visit));
  JsonValue all = JsonValue::array();
  for (const records::Record& area : areas) {
    if (context.invocation.json) {
      KX_TRY(json, area_json(*store, area));
      all.push(std::move(json));
    } else {
      KX_TRY(text, area_text(*store, area));
      context.out << text << '\n';
    }
  }
  if (context.invocation.json) {
    context.out << format_json(all) << '\n';
  } else if (areas.empty()) {
    context.out << say_text("this visit has no walked area\n");
  }
  return exit_done;
}

Result<int> run_area_where(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(id, inspect::find_record(*store, context.invocation.id, {kinds::walked_area}));
  KX_TRY(view, store->read(id));
  KX_TRY(judged, judge(*store, view.record));
  KX_CHECK(print_area(context, *store, id));
  const bool is_outside = judged.standing && judged.standing->overlap.standing == geo::Standing::outside;
  return is_outside ? exit_answer_is_no : exit_done;
}

Result<int> run_boundary_height(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(id, inspect::find_record(*store, context.invocation.position, {kinds::gps_point}));
  KX_TRY(view, store->read(id));
  KX_TRY(visit, store->read(view.record.reference(records::common::visit)));
  KX_TRY(verdict, licence::point_elevation(*store, view.record, visit.record.reference(records::visit::place)));
  if (!verdict) {
    return Error(ErrorCode::not_found, phrase("the boundaries of this place have no elevations that agree and are "
                                              "not in dispute"));
  }
  const bool is_outside =
      verdict->standing == geo::ElevationStanding::above || verdict->standing == geo::ElevationStanding::below;
  const std::string name = verdict->standing == geo::ElevationStanding::within  ? "within"
                           : verdict->standing == geo::ElevationStanding::above ? "above"
                           : verdict->standing == geo::ElevationStanding::below ? "below"
                                                                                : "unknown";
  if (context.invocation.json) {
    const auto metres = [](const std::optional<std::int64_t>& value_mm) {
      return value_mm ? JsonValue::number(format_decimal(*value_mm, 3)) : JsonValue();
    };
    JsonValue json = JsonValue::object();
    json.add("standing", JsonValue::string(name));
    json.add("height_1985_m", metres(verdict->height_1985_mm));
    json.add("uncertainty_95_m", metres(verdict->uncertainty_mm));
    json.add("reason", JsonValue::string(verdict->reason));
    context.out << format_json(json) << '\n';
  } else {
    context.out << verdict->reason << '\n';
  }
  return is_outside ? exit_answer_is_no : exit_done;
}

}  // namespace kuangxun::cli
