#pragma once

#include <map>
#include <string>
#include <vector>

#include "db/history/operation.h"
#include "db/records/describe.h"
#include "db/records/value.h"

// The county's tables that psql, ogrinfo and QGIS read: one a record kind, the same in every database. They are walks
// over the description of the kinds; sync/sql/TABLES.md says how each type looks in each database.
namespace kuangxun::tables {

enum class ColumnType {
  id,    // a Uuid
  text,  // enumerations are here too, by their codes
  integer,
  decimal,  // int64 scaled by 10^scale
  boolean,
  day,      // days since 1970-01-01
  instant,  // UTC milliseconds
  hash,     // bytes, shown as hexadecimal text
  point,    // little-endian WKB, EPSG:4490
  polygon,
};

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
  int scale = 0;
  std::string title;    // Chinese
  std::string comment;  // both languages, unit, codes
  bool is_indexed = false;
};

struct TypedTable {
  const records::KindDescription* kind = nullptr;
  std::string name;
  std::string title;
  std::string comment;
  // county_id and id come first.
  std::vector<Column> columns;
  // The geometry column, or nothing: a GeoPackage table has one at most.
  const Column* geometry() const;
};

const std::vector<TypedTable>& typed_tables();
const TypedTable* typed_table_of(records::KindNumber kind);

// One value for each column.
struct TypedRow {
  const TypedTable* table = nullptr;
  std::vector<records::Value> values;
};

// The heads of one record, by group.
using RecordHeads = std::map<records::GroupNumber, std::vector<history::Operation>>;

// What the tables show of a record. Its kind must be one of ours.
TypedRow make_row(const Uuid& county, const Uuid& record, const TypedTable& table, const RecordHeads& heads);

}  // namespace kuangxun::tables
