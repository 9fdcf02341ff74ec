#include "app/inspect/visit/corner_markers.h"

#include <algorithm>

#include "app/inspect/edit/record_document.h"
#include "app/licence/corner_markers.h"
#include "db/language/language.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

// The only one that stands.
Result<Uuid> boundary_of_visit(Desk& desk, const Uuid& visit_id) {
  KX_TRY(visit, desk.store.read(visit_id));
  KX_TRY(corners, licence::corners_of_place(desk.store, visit.record.reference(records::visit::place)));
  if (corners.empty()) {
    return Error(ErrorCode::bad_input, phrase("the visited place has no boundary yet; enter its corner table with "
                                              "boundary add"));
  }
  std::string ids;
  std::size_t count = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (i > 0 && corners[i].boundary == corners[i - 1].boundary) continue;
    ids += (count++ > 0 ? say_text(", ") : std::string()) + corners[i].boundary.text();
  }
  if (count == 1) return corners.front().boundary;
  return Error(ErrorCode::bad_input,
               phrase("the visited place has {0} boundaries, say which one: {1}", {std::to_string(count), ids}));
}

}  // namespace

Result<Uuid> add_marker(Desk& desk, const Request& request) {
  DocumentRecord point{kinds::gps_point, "@point", {{records::gps_point::visit, request.subject.text()}}, {}, {}, {}};
  DocumentRecord marker{
      kinds::corner_marker, "@marker", {{records::corner_marker::visit, request.subject.text()}}, {}, {}, {}};
  for (const FieldText& field : request.fields) {
    if (field.name.starts_with(marker_point_prefix)) {
      point.fields.push_back({field.name.substr(marker_point_prefix.size()), field.text});
    } else if (!field.text.empty()) {
      marker.fields.push_back(field);
    }
  }
  if (request.field(records::corner_marker::boundary).empty()) {
    KX_TRY(boundary, boundary_of_visit(desk, request.subject));
    marker.fields.push_back({records::corner_marker::boundary, boundary.text()});
  }
  Document document;
  const bool is_measured = point.fields.size() > 1;
  if (is_measured) {
    if (!request.field(records::corner_marker::point).empty()) {
      return Error(ErrorCode::bad_input, phrase("the point is one that exists or one that is measured now, not both"));
    }
    point.fields.push_back({records::gps_point::purpose, records::point_purpose::boundary_marker.text()});
    const auto is_label = [](const FieldText& field) { return field.name == records::gps_point::label.name; };
    if (std::ranges::none_of(point.fields, is_label)) {
      point.fields.push_back(
          {records::gps_point::label, say_with("marker {0}", {request.field(records::corner_marker::corner)})});
    }
    marker.fields.push_back({records::corner_marker::point, "@point"});
    document.records.push_back(std::move(point));
  }
  document.records.push_back(std::move(marker));
  KX_TRY(recorded, record_document(desk, document));
  return recorded.local.at("@marker");
}

}  // namespace kuangxun::inspect
