#include "sync/sqlite/geopackage.h"

#include <doctest/doctest.h>

#include <cstring>

#include "db/records/geometry.h"
#include "db/records/kinds.h"

using namespace kuangxun;
using namespace kuangxun::sqlite_county;

namespace {

sqlite::Connection empty_package() {
  auto connection = sqlite::Connection::open(":memory:", sqlite::OpenMode::create);
  REQUIRE(connection.ok());
  REQUIRE(mark_as_geopackage(*connection).ok());
  REQUIRE(create_geopackage_tables(*connection).ok());
  return std::move(connection).value();
}

std::int64_t number(sqlite::Connection& connection, const std::string& sql) {
  const auto found = connection.query_integer(sql, -1);
  REQUIRE(found.ok());
  return *found;
}

double real_at(const Bytes& bytes, std::size_t at) {
  double value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

// A table of ours with a geometry, and one without.
const tables::TypedTable& points() {
  return *tables::typed_table_of(records::kinds::gps_point);
}
const tables::TypedTable& people() {
  return *tables::typed_table_of(records::kinds::visit_party);
}

}  // namespace

TEST_CASE("the file's header says GeoPackage 1.3") {
  auto package = empty_package();
  CHECK(number(package, "PRAGMA application_id") == 0x47504B47);
  CHECK(number(package, "PRAGMA user_version") == 10300);
}

TEST_CASE("the reference systems that the standard wants are there, and ours") {
  auto package = empty_package();
  CHECK(number(package, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 4490)") == 4);
  CHECK(number(package, "SELECT organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_name = 'CGCS2000'") ==
        4490);
}

TEST_CASE("a table with a geometry is a layer, one without is attributes, and every column has its title") {
  auto package = empty_package();
  REQUIRE(points().geometry() != nullptr);
  REQUIRE(people().geometry() == nullptr);
  for (const tables::TypedTable* table : {&points(), &people()}) {
    REQUIRE(register_table(package, *table).ok());
    CHECK(number(package, "SELECT count(*) FROM gpkg_data_columns WHERE length(title) > 0 AND table_name = '" +
                              table->name + "'") == static_cast<std::int64_t>(table->columns.size()));
  }
  CHECK(number(package,
               "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND srs_id = 4490 AND"
               " table_name = '" +
                   points().name + "'") == 1);
  CHECK(number(package,
               "SELECT count(*) FROM gpkg_contents WHERE data_type = 'attributes' AND srs_id IS NULL AND"
               " table_name = '" +
                   people().name + "'") == 1);
  CHECK(number(package, "SELECT count(*) FROM gpkg_geometry_columns") == 1);
  CHECK(number(package, "SELECT count(*) FROM gpkg_geometry_columns WHERE geometry_type_name = 'POINT' AND z = 0") ==
        1);
  // Nobody registers it twice.
  CHECK_FALSE(register_table(package, points()).ok());
}

TEST_CASE("a table that gets its geometry later becomes a layer") {
  auto package = empty_package();
  tables::TypedTable before = points();
  const tables::Column geometry = *points().geometry();
  std::erase_if(before.columns, [&](const tables::Column& column) { return column.name == geometry.name; });
  REQUIRE(register_table(package, before).ok());
  CHECK(number(package, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features'") == 0);
  REQUIRE(register_column(package, points(), geometry).ok());
  CHECK(number(package, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND srs_id = 4490") == 1);
  CHECK(number(package, "SELECT count(*) FROM gpkg_geometry_columns") == 1);
}

TEST_CASE("a point stands behind a short header, a polygon behind one with its envelope") {
  const Bytes point = records::encode_point({42'900'000'000, 81'800'000'000});
  const Bytes point_form = to_geopackage_geometry(point);
  CHECK(Bytes(point_form.begin(), point_form.begin() + 8) == Bytes{'G', 'P', 0, 1, 0x8A, 0x11, 0, 0});
  CHECK(Bytes(point_form.begin() + point_header_bytes, point_form.end()) == point);

  const Bytes polygon = records::encode_polygon(
      {{{{42'100'000'000, 81'000'000'000}, {42'300'000'000, 81'200'000'000}, {42'200'000'000, 81'500'000'000}}}});
  const Bytes polygon_form = to_geopackage_geometry(polygon);
  CHECK(polygon_form[3] == 3);  // little-endian, min x, max x, min y, max y
  CHECK(real_at(polygon_form, 8) == 81.0);
  CHECK(real_at(polygon_form, 16) == 81.5);
  CHECK(real_at(polygon_form, 24) == 42.1);
  CHECK(real_at(polygon_form, 32) == 42.3);
  CHECK(Bytes(polygon_form.begin() + polygon_header_bytes, polygon_form.end()) == polygon);
}
