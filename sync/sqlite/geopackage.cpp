#include "sync/sqlite/geopackage.h"

#include <algorithm>
#include <array>

#include "db/records/geometry.h"

namespace kuangxun::sqlite_county {
namespace {

constexpr std::int32_t cgcs2000_srs = 4490;

// Definitions as EPSG prints them in WKT 1.
constexpr std::string_view cgcs2000_definition =
    R"(GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,)"
    R"(AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],)"
    R"(UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]])";
constexpr std::string_view wgs84_definition =
    R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],)"
    R"(AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],)"
    R"(UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]])";

constexpr std::string_view tables_sql = R"sql(
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema',
   'read-write');
)sql";

Status insert(sqlite::Connection& connection, std::string_view sql, const std::vector<sqlite::SqlValue>& values) {
  KX_TRY(statement, connection.prepare(sql));
  for (std::size_t i = 0; i < values.size(); ++i) statement.bind_value(static_cast<int>(i), values[i]);
  return statement.run();
}

Status add_reference_system(sqlite::Connection& connection, std::string name, std::int64_t id, std::string organization,
                            std::string_view definition, std::string description) {
  return insert(connection, "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
                {std::move(name), id, std::move(organization), id, std::string(definition), std::move(description)});
}

Status register_geometry(sqlite::Connection& connection, const tables::TypedTable& table,
                         const tables::Column& column) {
  const std::string shape = column.type == tables::ColumnType::point ? "POINT" : "POLYGON";
  return insert(connection, "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
                {table.name, column.name, shape, std::int64_t{cgcs2000_srs}});
}

Status describe_column(sqlite::Connection& connection, const tables::TypedTable& table, const tables::Column& column) {
  return insert(connection,
                "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description)"
                " VALUES (?, ?, ?, ?, ?)",
                {table.name, column.name, column.name, column.title, column.comment});
}

template <class T>
void append(Bytes& bytes, T value) {
  const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), raw, raw + sizeof value);
}

// min x, max x, min y, max y of a polygon's outer ring.
std::array<double, 4> envelope_of(const records::Polygon& polygon) {
  constexpr double nanodegrees = 1e9;
  std::array<double, 4> box = {180, -180, 90, -90};
  for (const records::Position& position : polygon.rings.front()) {
    const double x = static_cast<double>(position.longitude_nanodegrees) / nanodegrees;
    const double y = static_cast<double>(position.latitude_nanodegrees) / nanodegrees;
    box = {std::min(box[0], x), std::max(box[1], x), std::min(box[2], y), std::max(box[3], y)};
  }
  return box;
}

}  // namespace

Status mark_as_geopackage(sqlite::Connection& connection) {
  return connection.execute("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300");
}

Status create_geopackage_tables(sqlite::Connection& connection) {
  KX_CHECK(connection.execute(tables_sql));
  KX_CHECK(add_reference_system(connection, "Undefined Cartesian SRS", -1, "NONE", "undefined",
                                "undefined Cartesian coordinate reference system"));
  KX_CHECK(add_reference_system(connection, "Undefined geographic SRS", 0, "NONE", "undefined",
                                "undefined geographic coordinate reference system"));
  KX_CHECK(add_reference_system(connection, "WGS 84", 4326, "EPSG", wgs84_definition, "longitude/latitude, WGS 84"));
  return add_reference_system(connection, "CGCS2000", cgcs2000_srs, "EPSG", cgcs2000_definition,
                              "2000 国家大地坐标系 / China Geodetic Coordinate System 2000");
}

Status register_table(sqlite::Connection& connection, const tables::TypedTable& table) {
  const tables::Column* geometry = table.geometry();
  sqlite::SqlValue srs;
  if (geometry != nullptr) srs = std::int64_t{cgcs2000_srs};
  KX_CHECK(insert(
      connection,
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
      " VALUES (?, ?, ?, ?, ?)",
      {table.name, std::string(geometry != nullptr ? "features" : "attributes"), table.name, table.comment, srs}));
  if (geometry != nullptr) KX_CHECK(register_geometry(connection, table, *geometry));
  for (const tables::Column& column : table.columns) KX_CHECK(describe_column(connection, table, column));
  return {};
}

Status register_column(sqlite::Connection& connection, const tables::TypedTable& table, const tables::Column& column) {
  if (table.geometry() != nullptr && column.name == table.geometry()->name) {
    KX_CHECK(insert(connection, "UPDATE gpkg_contents SET data_type = 'features', srs_id = ? WHERE table_name = ?",
                    {std::int64_t{cgcs2000_srs}, table.name}));
    KX_CHECK(register_geometry(connection, table, column));
  }
  return describe_column(connection, table, column);
}

Bytes to_geopackage_geometry(ByteView wkb) {
  constexpr std::uint8_t little_endian = 1;
  constexpr std::uint8_t xy_envelope = 1 << 1;
  Bytes bytes = {'G', 'P', 0};
  const auto polygon = records::decode_polygon(wkb);
  append(bytes, static_cast<std::uint8_t>(little_endian | (polygon.ok() ? xy_envelope : 0)));
  append(bytes, cgcs2000_srs);
  if (polygon.ok()) {
    for (const double edge : envelope_of(*polygon)) append(bytes, edge);
  }
  bytes.insert(bytes.end(), wkb.begin(), wkb.end());
  return bytes;
}

}  // namespace kuangxun::sqlite_county
