#pragma once

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/sqlite/connection/connection.h"
#include "sync/tables/typed_tables.h"

// What makes a SQLite file a GeoPackage 1.3 (OGC 12-128r17): its marks, its list of reference systems, its list of
// contents, the titles of columns, and its own geometry form.
namespace kuangxun::sqlite_county {

// In the file's header; GDAL and QGIS look for it.
Status mark_as_geopackage(sqlite::Connection& connection);
// The gpkg_* tables with the reference systems -1, 0, 4326 and 4490.
Status create_geopackage_tables(sqlite::Connection& connection);
// Registers one of our tables, with its geometry and the titles of its columns.
Status register_table(sqlite::Connection& connection, const tables::TypedTable& table);
// Registers a column that the table got later.
Status register_column(sqlite::Connection& connection, const tables::TypedTable& table, const tables::Column& column);

// Little-endian WKB behind the GeoPackage header: EPSG:4490, with an envelope unless it is a point.
Bytes to_geopackage_geometry(ByteView wkb);
// How many bytes stand before the WKB.
constexpr int point_header_bytes = 8;
constexpr int polygon_header_bytes = 40;

}  // namespace kuangxun::sqlite_county
