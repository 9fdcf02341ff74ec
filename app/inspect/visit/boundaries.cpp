#include "app/inspect/visit/boundaries.h"

#include <charconv>

#include "app/geo/boundary.h"
#include "app/geo/corner_table.h"
#include "app/inspect/edit/record_document.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/handles/boundary.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

constexpr std::string_view meridian_field = "central_meridian_deg";

std::vector<records::Position> to_record(const std::vector<geo::Position>& ring) {
  std::vector<records::Position> positions;
  for (const geo::Position& corner : ring) {
    positions.push_back({corner.latitude_nanodegrees, corner.longitude_nanodegrees});
  }
  return positions;
}

Result<std::optional<int>> meridian_of(const std::string& text) {
  if (text.empty()) return std::optional<int>();
  int meridian_deg = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), meridian_deg);
  if (failure == std::errc() && end == text.data() + text.size() && meridian_deg >= 73 && meridian_deg <= 136) {
    return std::optional<int>(meridian_deg);
  }
  return Error(ErrorCode::bad_input, phrase("the central meridian is a whole degree from 73 to 136, in this county "
                                            "81 or 84"));
}

// Each outer ring with the holes that lie in it and in no ring between.
Result<std::vector<records::Polygon>> polygons_of(const std::vector<std::vector<geo::Position>>& rings) {
  KX_TRY(whole, geo::Boundary::make(rings, std::int64_t{0}));
  std::vector<records::Polygon> polygons;
  std::vector<geo::Boundary> outlines;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (whole.sign_of(i) < 0) continue;
    KX_TRY(outline, geo::Boundary::make({rings[i]}, std::int64_t{0}));
    outlines.push_back(std::move(outline));
    polygons.push_back({{to_record(rings[i])}});
  }
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (whole.sign_of(i) > 0) continue;
    // The smallest outer ring around it is its own.
    std::optional<std::size_t> own;
    double own_m2 = 0;
    for (std::size_t j = 0; j < outlines.size(); ++j) {
      KX_TRY(placement, geo::place(rings[i].front(), std::nullopt, outlines[j]));
      KX_TRY(area_m2, outlines[j].area_m2());
      if (placement.distance_m >= 0 || (own && area_m2 >= own_m2)) continue;
      own = j;
      own_m2 = area_m2;
    }
    if (own) polygons[*own].rings.push_back(to_record(rings[i]));
  }
  return polygons;
}

}  // namespace

Result<Uuid> add_boundary(Desk& desk, const Request& request) {
  KX_TRY(meridian_deg, meridian_of(request.field(meridian_field)));
  KX_TRY(text, read_text_file(request.file, limits::record_document_bytes_max));
  auto table = geo::read_corner_table(text, meridian_deg);
  if (!table.ok()) return table.error().within(request.file.string());
  auto polygons = polygons_of(table->rings);
  if (!polygons.ok()) return polygons.error().within(request.file.string());
  Document document;
  for (const records::Polygon& polygon : *polygons) {
    DocumentRecord record{kinds::boundary, {}, request.fields, {}, {}, {}};
    std::erase_if(record.fields, [](const FieldText& field) { return field.name == meridian_field; });
    record.fields.push_back({records::boundary::place, request.subject.text()});
    record.fields.push_back({records::boundary::outline, records::format_polygon(polygon)});
    record.fields.push_back({records::boundary::corners, text});
    document.records.push_back(std::move(record));
  }
  KX_TRY(recorded, record_document(desk, document));
  return recorded.ids.front();
}

}  // namespace kuangxun::inspect
