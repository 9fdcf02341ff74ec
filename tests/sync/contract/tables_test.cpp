// The tables that people read with psql, ogrinfo and QGIS.
#include <doctest/doctest.h>

#include <cstdio>

#include "db/records/kinds.h"
#include "tests/sync/contract/slow_reference.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// Standard output of another program; empty when it fails.
std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string output;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, got);
  pclose(pipe);
  return output;
}

bool has_program(const std::string& name) {
  if (!output_of("command -v " + name).empty()) return true;
  MESSAGE("SKIPPED: ", name, " is not installed");
  return false;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// One record of every kind with every field, and one of every kind without any but one.
std::vector<history::Operation> enter_everything(TestCounty& county) {
  ExampleLaptop laptop = county.enrol("一号");
  for (const records::KindDescription& kind : records::all_kinds()) {
    if (kind.is_county_only || kind.write_role != records::Role::officer) continue;
    laptop.enter(example_record(kind, county.clock(), county.random()));
    const records::FieldDescription& field = kind.fields.front();
    laptop.edit(make_uuid(county.clock(), county.random()), kind.number, field.group,
                {{field.number, example_value(field, county.random())}});
  }
  const wire::PushAnswer answer = county.push_all(laptop);
  CHECK(county.decisions() == 0);
  CHECK(answer.chain.applied_through == laptop.written().size());
  return county.operations();
}

}  // namespace

TEST_CASE("every field of every kind comes out as it went in, the same in every store") {
  std::vector<std::string> dumps;
  on_every_database([&](TestCounty& county) {
    const auto operations = enter_everything(county);
    dumps.push_back(county.dump());
    CHECK(first_difference(dumps.back(), slow_dump(operations, county.id())) == "");
  });
  for (const std::string& dump : dumps) CHECK(first_difference(dump, dumps.front()) == "");
}

TEST_CASE("ogrinfo reads the SQLite store as a GeoPackage") {
  if (!has_program("ogrinfo")) return;
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  enter_everything(*county);
  const std::string file = "'" + county->sqlite_file().string() + "'";

  const std::string layers = output_of("ogrinfo -ro " + file);
  CAPTURE(layers);
  CHECK(contains(layers, "using driver `GPKG' successful"));
  CHECK(contains(layers, "gps_point"));
  CHECK(contains(layers, "restoration_status"));
  CHECK_FALSE(contains(layers, "ERROR"));

  const std::string points = output_of("ogrinfo -ro -al " + file + " gps_point");
  CAPTURE(points);
  CHECK(contains(points, "Geometry: Point"));
  CHECK(contains(points, "EPSG\",4490"));
  CHECK(contains(points, "accuracy_m: Real"));
  CHECK(contains(points, "measured_at: DateTime"));
  CHECK(contains(points, "is_example: Integer(Boolean)"));
  CHECK(contains(points, "POINT ("));
  CHECK_FALSE(contains(points, "ERROR"));

  const std::string outlines = output_of("ogrinfo -ro -al " + file + " restoration_status");
  CAPTURE(outlines);
  CHECK(contains(outlines, "Geometry: Polygon"));
  CHECK(contains(outlines, "POLYGON (("));
  CHECK(contains(outlines, "observed_on: Date"));
  CHECK_FALSE(contains(outlines, "ERROR"));

  const std::string mines = output_of("ogrinfo -ro -al " + file + " mining_right");
  CHECK(contains(mines, "area_km2: Real"));
  CHECK_FALSE(contains(mines, "ERROR"));
}

TEST_CASE("psql reads keys, comments, types and geometry of the PostgreSQL store") {
  const auto county = county_on_postgres();
  if (county == nullptr || !has_program("psql")) return;
  enter_everything(*county);
  const auto ask = [](const std::string& sql) {
    return output_of("psql -X -A -t '" + postgres_county_address() + "' -c \"" + sql + "\"");
  };
  const std::string shape =
      ask("SELECT type, srid, coord_dimension FROM geometry_columns WHERE f_table_name IN ('gps_point', "
          "'restoration_status')"
          " ORDER BY type");
  CHECK(shape == "POINT|4490|2\nPOLYGON|4490|2\n");
  CHECK(ask("SELECT ST_SRID(position), ST_X(position) = longitude_deg::float8 FROM gps_point WHERE position IS NOT "
            "NULL") == "4490|t\n");
  CHECK(contains(ask("SELECT obj_description('mining_right'::regclass)"), "采矿权 / "));
  CHECK(contains(ask("SELECT col_description('mining_right'::regclass, attnum) FROM pg_attribute WHERE attrelid ="
                     " 'mining_right'::regclass AND attname = 'area_km2'"),
                 "km²"));
  CHECK(ask("SELECT string_agg(a.attname, ',' ORDER BY array_position(i.indkey, a.attnum)) FROM pg_index i JOIN"
            " pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND"
            " i.indrelid = 'visit'::regclass") == "county_id,id\n");
  CHECK(contains(
      ask("SELECT data_type FROM information_schema.columns WHERE table_name = 'mining_right' AND column_name ="
          " 'area_km2'"),
      "numeric"));
}
