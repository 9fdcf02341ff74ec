#include "app/receiver/point.h"

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::receiver {
namespace {

constexpr int millimetres_scale = 3;
constexpr int degrees_scale = 9;

void add(std::vector<inspect::FieldText>& fields, std::string name, std::string text) {
  if (!text.empty()) fields.push_back({std::move(name), std::move(text)});
}

// Rounded up, so that it never promises more.
std::string metres_from_mm(std::int64_t millimetres) {
  return format_decimal((millimetres + 9) / 10, 2);
}

void add_position(std::vector<inspect::FieldText>& fields, std::int64_t latitude, std::int64_t longitude,
                  bool is_live) {
  add(fields, "latitude_deg", format_decimal(latitude, degrees_scale));
  add(fields, "longitude_deg", format_decimal(longitude, degrees_scale));
  // Receivers speak of WGS 84; nothing is transformed.
  add(fields, "datum", "wgs84");
  add(fields, "source", is_live ? "receiver" : "recording");
}

void add_heights(std::vector<inspect::FieldText>& fields, const std::optional<std::int64_t>& orthometric_mm,
                 const std::optional<std::int64_t>& separation_mm) {
  if (!orthometric_mm) return;
  add(fields, "orthometric_height_m", format_decimal(*orthometric_mm, millimetres_scale));
  add(fields, "geoid", say_text("the receiver's own model"));
  if (separation_mm) {
    add(fields, "ellipsoidal_height_m", format_decimal(*orthometric_mm + *separation_mm, millimetres_scale));
  }
}

void add_circumstances(std::vector<inspect::FieldText>& fields, const gps::Fix& fix) {
  if (const auto type = gps::evidence_type_name(fix)) add(fields, "fix_type", std::string(*type));
  if (fix.satellites) add(fields, "satellites", std::to_string(*fix.satellites));
  if (fix.hdop_e2) add(fields, "hdop", format_decimal(*fix.hdop_e2, 2));
  if (fix.utc_ms) {
    add(fields, "measured_at", format_instant(*fix.utc_ms, beijing_offset_min));
    add(fields, "measured_offset_min", std::to_string(beijing_offset_min));
  }
}

}  // namespace

std::vector<inspect::FieldText> point_fields(const gps::Fix& fix, bool is_live) {
  std::vector<inspect::FieldText> fields;
  add_position(fields, fix.latitude_nanodegrees, fix.longitude_nanodegrees, is_live);
  add_heights(fields, fix.orthometric_height_mm, fix.geoid_separation_mm);
  if (const auto accuracy = fix.accuracy_cm()) add(fields, "accuracy_m", format_decimal(*accuracy, 2));
  add(fields, "accuracy_basis", gps::accuracy_basis_text(fix));
  // Only where there is a height that it is the accuracy of.
  if (fix.orthometric_height_mm && fix.height_accuracy_mm) {
    add(fields, "height_accuracy_m", metres_from_mm(*fix.height_accuracy_mm));
  }
  add(fields, "sentences", fix.sentences);
  add_circumstances(fields, fix);
  return fields;
}

std::vector<inspect::FieldText> point_fields(const gps::Average& average, const gps::Fix& last, bool is_live) {
  std::vector<inspect::FieldText> fields;
  add_position(fields, average.latitude_nanodegrees, average.longitude_nanodegrees, is_live);
  add_heights(fields, average.orthometric_height_mm, average.geoid_separation_mm);
  if (average.accuracy_mm) add(fields, "accuracy_m", metres_from_mm(*average.accuracy_mm));
  add(fields, "accuracy_basis",
      say_with("mean of {0} fixes ({1} left out); each: {2}",
               {std::to_string(average.fixes), std::to_string(average.outliers), gps::accuracy_basis_text(last)}));
  // Of the newest fix: that the receiver spoke so, not all it said.
  add(fields, "sentences", last.sentences);
  add(fields, "averaged_fixes", std::to_string(average.fixes));
  add_circumstances(fields, last);
  return fields;
}

}  // namespace kuangxun::receiver
