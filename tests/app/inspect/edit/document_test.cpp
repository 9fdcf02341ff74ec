#include <doctest/doctest.h>

#include <fstream>

#include "app/inspect/edit/record_document.h"
#include "app/inspect/place/dossier.h"
#include "db/records/choices/area_method.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/visit.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

inspect::Document visit_document(FieldDay& day) {
  inspect::Document document;
  document.folder = day.folder.path();
  document.records = {
      day.record(kinds::legacy_site, "@site", {{"name", "示例老采坑"}, {"is_example", "true"}}),
      day.record(kinds::visit, "@visit",
                 {{"place", "@site"}, {"visit_kind", "patrol"}, {"started_at", "2026-05-01T10:30:00+08:00"}}),
      day.record(kinds::gps_point, "@p1", {{"latitude_deg", "43.1"}, {"longitude_deg", "81.8"}}),
  };
  return document;
}

std::string message_of(FieldDay& day, const inspect::Document& document) {
  const std::size_t before = day.store.operations().size();
  const auto recorded = inspect::record_document(day.desk, document);
  if (recorded.ok()) return {};
  CHECK(day.store.operations().size() == before);
  return recorded.error().message();
}

}  // namespace

TEST_CASE("a visit, its place and its point in one document") {
  FieldDay day;
  const auto recorded = inspect::record_document(day.desk, visit_document(day));
  REQUIRE(recorded.ok());
  const auto visit = day.read(recorded->local.at("@visit"));
  CHECK(visit.reference(records::visit::place) == recorded->local.at("@site"));
  CHECK(visit.integer(records::visit::started_offset_min) == 480);
  CHECK(visit.integer(records::visit::state) == records::visit_state::under_way);
  const auto point = day.read(recorded->local.at("@p1"));
  CHECK(point.reference(records::gps_point::visit) == visit.id());
  CHECK(point.integer(records::gps_point::latitude_deg) == 43'100'000'000);
  SUBCASE("what hangs on an example is an example") {
    CHECK(visit.integer(records::visit::is_example) == 1);
    CHECK(point.integer(records::gps_point::is_example) == 1);
  }
}

TEST_CASE("what comes in one document with a signed visit was there before the signatures, in the order given") {
  FieldDay day;
  auto document = visit_document(day);
  document.records[1].fields.push_back({"ended_at", "2026-05-01T11:00:00+08:00"});
  document.records[1].fields.push_back({"state", "signed"});
  const char* people[][3] = {{"officer", "示例检查员甲", "示例-001"},
                             {"officer", "示例检查员乙", "示例-002"},
                             {"person-present", "示例矿方人员", ""}};
  for (const auto& [role, name, number] : people) {
    document.records.push_back(day.record(
        kinds::visit_party, {},
        {{"role", role}, {"name", name}, {"certificate_number", number}, {"signed_at", "2026-05-01T11:00:00+08:00"}}));
  }
  const auto recorded = inspect::record_document(day.desk, document);
  REQUIRE(recorded.ok());
  const auto facts = inspect::record_facts(day.store, recorded->local.at("@visit"));
  REQUIRE(facts.ok());
  REQUIRE(facts->children.size() == 4);
  for (const auto& child : facts->children) CHECK(!child.is_added_after_signing);
  for (int i = 0; i < 3; ++i) CHECK(facts->children[i].record.name() == people[i][1]);
}

TEST_CASE("one wrong thing in a document: nothing of it is entered, and the message says where") {
  FieldDay day;
  auto document = visit_document(day);
  document.records[2].where = "/points/0";
  auto& point = document.records[2].fields;
  SUBCASE("a latitude of 91") {
    point[0].text = "91";
    CHECK(contains(message_of(day, document), "/points/0/latitude_deg"));
  }
  SUBCASE("a field that does not exist") {
    point.push_back({"colour", "red"});
    CHECK(contains(message_of(day, document), "/points/0/colour"));
  }
  SUBCASE("a number where text belongs") {
    point.push_back({"label", "12", inspect::TextShape::number});
    CHECK(contains(message_of(day, document), "/points/0/label"));
  }
  SUBCASE("a NUL character") {
    point.push_back({"label", std::string("a\0b", 3)});
    CHECK(contains(message_of(day, document), "/points/0/label"));
  }
  SUBCASE("a place that does not exist") {
    document.records[1].where = "/visit";
    document.records[1].fields[0].text = "没有这个矿";
    CHECK(contains(message_of(day, document), "/visit/place"));
  }
  SUBCASE("a photo that is not there") {
    auto photo = day.record(kinds::photo, {}, {});
    photo.file = "missing.jpg";
    photo.where = "/photos/0";
    document.records.push_back(photo);
    CHECK(contains(message_of(day, document), "/photos/0/path"));
  }
  SUBCASE("a local name used twice") {
    document.records.push_back(day.record(kinds::legacy_site, "@site", {{"name", "示例"}}));
    CHECK(contains(message_of(day, document), "@site"));
  }
  SUBCASE("an answer twice") {
    for (int i = 0; i < 2; ++i) {
      document.records.push_back(
          day.record(kinds::checklist_answer, {}, {{"checklist", "disclosure"}, {"item", "name"}, {"answer", "yes"}}));
    }
    CHECK(contains(message_of(day, document), "name"));
  }
  SUBCASE("it ends before it starts") {
    document.records[1].fields.push_back({"ended_at", "2026-05-01T10:00:00+08:00"});
    CHECK(contains(message_of(day, document), "ended_at"));
  }
  SUBCASE("signed with nobody's signature") {
    document.records[1].fields.push_back({"ended_at", "2026-05-01T11:00:00+08:00"});
    document.records[1].fields.push_back({"state", "signed"});
    CHECK(contains(message_of(day, document), "state"));
  }
  SUBCASE("the store fails") {
    day.store.fail_next_commit(Error(ErrorCode::unavailable, "disk full"));
    CHECK(message_of(day, document) == "disk full");
  }
}

TEST_CASE("an id that is in the store already is refused") {
  FieldDay day;
  auto document = visit_document(day);
  document.records[0].id = "0190a000-0000-7000-8000-000000000001";
  document.records[1].fields[0].text = document.records[0].id;
  REQUIRE(message_of(day, document).empty());
  CHECK(contains(message_of(day, document), document.records[0].id));
}

TEST_CASE("a place is found by its exact name; two of one name are asked apart") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例砂石矿"}});
  CHECK(day.enter(kinds::visit,
                  {{"place", "示例砂石矿"}, {"visit_kind", "patrol"}, {"started_at", "2026-05-01T10:30:00+08:00"}})
            .empty());
  CHECK(day.read(day.last).reference(records::common::place) == mine);
  day.entered(kinds::mining_right, {{"name", "示例砂石矿"}});
  CHECK(contains(day.enter(kinds::visit,
                           {{"place", "示例砂石矿"}, {"visit_kind", "patrol"}, {"started_at", "2026-05-01T10:30:00Z"}}),
                 mine.text()));
}

TEST_CASE("a photo is kept bit for bit under its hash") {
  FieldDay day;
  const std::string bytes = std::string("\xff\xd8\xff\xe0 not really a picture\0", 26);
  std::ofstream(day.folder / "a.jpg", std::ios::binary) << bytes;
  auto document = visit_document(day);
  auto photo = day.record(kinds::photo, "@photo", {{"proves", "采坑"}});
  photo.file = "a.jpg";
  document.records.push_back(photo);
  const auto recorded = inspect::record_document(day.desk, document);
  REQUIRE(recorded.ok());
  const auto record = day.read(recorded->local.at("@photo"));
  CHECK(record.text(records::photo::file_name) == "a.jpg");
  CHECK(record.integer(records::photo::file_bytes) == 26);
  const auto hash = hash_from_bytes(std::get<Bytes>(record.value(records::photo::file_hash)));
  CHECK(std::string(as_text(*day.attachments.read(hash))) == bytes);
  CHECK(hash == sha256(as_bytes(bytes)));
}

TEST_CASE("the area of a unit follows from its corners") {
  FieldDay day;
  auto document = visit_document(day);
  document.records.push_back(day.record(kinds::restoration_unit, "@unit", {{"parent", "@site"}, {"name", "示例一区"}}));
  // About 100 m by 100 m at 43° north.
  const char* corners[][2] = {
      {"43.100000", "81.800000"}, {"43.100000", "81.801229"}, {"43.100900", "81.801229"}, {"43.100900", "81.800000"}};
  auto status = day.record(kinds::restoration_status, "@status",
                           {{"unit", "@unit"}, {"observed_on", "2026-05-01"}, {"state", "completed"}});
  for (int i = 0; i < 4; ++i) {
    const std::string name = "@c" + std::to_string(i);
    document.records.push_back(
        day.record(kinds::gps_point, name,
                   {{"latitude_deg", corners[i][0]}, {"longitude_deg", corners[i][1]}, {"accuracy_m", "2"}}));
    status.corners.push_back(name);
  }
  SUBCASE("measured, with the uncertainty of the points") {
    document.records.push_back(status);
    const auto recorded = inspect::record_document(day.desk, document);
    REQUIRE(recorded.ok());
    const auto record = day.read(recorded->local.at("@status"));
    CHECK(record.integer(records::restoration_status::area_method) == records::area_method::measured);
    CHECK(record.integer(records::restoration_status::area_ha) == doctest::Approx(10'000).epsilon(0.002));
    // Four corners of 2 m (radial: 1.41 m on each axis), diagonals of 141.4 m: sqrt(4 * (1.41 * 141.4 / 2)^2).
    CHECK(record.integer(records::restoration_status::area_uncertainty_ha) == 201);  // 200 m² and a little, rounded up
    CHECK(record.has(records::restoration_status::outline));
    CHECK(record.integer(records::restoration_status::is_example) == 1);
  }
  SUBCASE("an area entered beside the corners is refused") {
    status.fields.push_back({"area_ha", "1"});
    document.records.push_back(status);
    CHECK(contains(message_of(day, document), "corners"));
  }
  SUBCASE("corners that cross enclose nothing") {
    std::swap(status.corners[1], status.corners[2]);
    document.records.push_back(status);
    CHECK(contains(message_of(day, document), "corners"));
  }
}

}  // namespace kuangxun::tests
