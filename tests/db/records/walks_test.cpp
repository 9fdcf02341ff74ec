#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "db/records/asked_fields.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "db/records/record.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

// What walks over the descriptions, with a kind that no code knows.
namespace kuangxun::records {
namespace {

constexpr KindNumber made_up = 4000;

// Kept to the end: walks hand out pointers to the kinds that they were given.
const std::vector<KindDescription>& kinds_and_a_made_up_one() {
  static std::vector<KindDescription> kinds;
  if (!kinds.empty()) return kinds;
  kinds = all_kinds();
  kinds.push_back(
      describe_kind({.number = made_up,
                     .name = "made-up",
                     .chinese = "虚构",
                     .english = "Made up",
                     .name_field = "",
                     .section = {"made-ups", 75},
                     .table = "inventions",
                     .fields = {reference_field(1, "visit", "检查", "Visit", {kinds::visit}).under(),
                                reference_field(2, "unit", "治理单元", "Unit", {kinds::restoration_unit}).about(),
                                reference_field(3, "photo", "照片", "Photo", {kinds::photo}),
                                instant_field(4, "seen_at", "时间", "Seen"),
                                integer_field(5, "seen_offset_min", "时区", "Offset", "min", -840, 840).join(4)}}));
  return kinds;
}

std::vector<std::string_view> names_under(KindNumber parent) {
  std::vector<std::string_view> names;
  for (const ChildKind& child : children_of(kind_of(parent), kinds_and_a_made_up_one())) {
    names.push_back(child.kind->name);
  }
  return names;
}

}  // namespace

TEST_CASE("what stands under a record comes by the rank of its section, a made-up kind in its place") {
  using Names = std::vector<std::string_view>;
  CHECK(names_under(kinds::visit) == Names{"visit-party", "gps-point", "checklist-answer", "made-up", "finding",
                                           "photo", "restoration-status", "walked-area", "corner-marker"});
  CHECK(names_under(kinds::mining_right) == Names{"restoration-unit", "visit"});
  CHECK(names_under(kinds::restoration_unit) == Names{"visit", "restoration-status"});
  CHECK(names_under(kinds::gps_point).empty());
}

TEST_CASE("documents have a section for each kind that people hand in, a made-up one too") {
  std::vector<std::string_view> names;
  for (const DocumentSection& section : document_sections(kinds_and_a_made_up_one())) {
    names.push_back(section.section.name);
    for (const KindDescription* kind : section.kinds) CHECK(kind->section.name == section.section.name);
    CHECK((!section.section.holds_one || section.kinds.size() == 1));
  }
  CHECK(names == std::vector<std::string_view>{"places", "yearly", "units", "visit", "parties", "points", "answers",
                                               "made-ups", "findings", "photos", "statuses", "areas", "markers",
                                               "reviews"});
}

TEST_CASE("a kind's links and offsets are asked of its description") {
  const KindDescription made = kinds_and_a_made_up_one().back();
  REQUIRE(made.links(Link::about).size() == 2);
  CHECK(made.links(Link::about)[1]->name == "unit");
  REQUIRE(made.links(Link::under).size() == 1);
  CHECK(made.links(Link::under)[0]->name == "visit");
  CHECK(made.offset_of(*made.find_field("seen_at")) == made.find_field("seen_offset_min"));
  const KindDescription& photo = kind_of(kinds::photo);
  CHECK(photo.offset_of(*photo.find_field("taken_at"))->name == "taken_offset_min");
  const KindDescription& review = kind_of(kinds::review);
  CHECK(review.offset_of(*review.find_field("reviewed_at")) == nullptr);
}

TEST_CASE("every table of papers says what it is called, what dates it and which fields name the thing") {
  std::set<std::string_view> words;
  for (const KindDescription& kind : all_kinds()) {
    if (kind.table.empty()) continue;
    CAPTURE(kind.name);
    CHECK(words.insert(kind.table).second);
    CHECK(kind.find_field(kind.dated_by) != nullptr);
    CHECK(std::ranges::any_of(kind.fields, &FieldDescription::is_key));
  }
  CHECK(words.size() == 8);
}

TEST_CASE("what the program keeps beside an answer is asked of nobody, what stands in papers is") {
  const KindDescription& paper = kind_of(kinds::annual_return);
  CHECK_FALSE(paper.field(annual_return::output_written).is_asked());
  CHECK_FALSE(paper.field(annual_return::mine).is_asked());
  CHECK(paper.field(annual_return::output).is_on_form());
  CHECK(paper.field(annual_return::is_example).is_asked());
  CHECK_FALSE(paper.field(annual_return::is_example).is_on_form());
}

TEST_CASE("what a page has no place for is shown all the same, a made-up field too") {
  KindDescription kind = kind_of(kinds::visit);
  constexpr FieldHandle placed[] = {visit::visit_kind, visit::purpose,    visit::started_at,
                                    visit::ended_at,   visit::state,      visit::summary,
                                    visit::statement,  visit::is_refused, visit::refusal_reason};
  CHECK(asked_beside(kind, placed).empty());
  CHECK(asked_beside(kind, std::span(placed).first(8)).size() == 1);
  kind.fields.push_back(text_field(99, "weather", "天气", "Weather"));
  const auto rest = asked_beside(kind, placed);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0]->name == "weather");
}

TEST_CASE("a handle names its field, in its own kind only") {
  const KindDescription& kind = kind_of(kinds::visit);
  CHECK(&kind.field(visit::state) == kind.find_field("state"));
  CHECK(kind.field(visit::is_example).name == "is_example");
  CHECK(kind.find_field(gps_point::purpose) == nullptr);
  CHECK(kind_of(kinds::gps_point).find_field(gps_point::purpose)->name == "purpose");
  CHECK(std::string_view(visit::purpose) == "purpose");
}

TEST_CASE("a choice is named by the number and the code of its list, and every list has its names") {
  CHECK(std::int64_t{visit_state::ended} == visit_state_enumeration.find("ended")->number);
  CHECK(visit_state::is_signed.code == "signed");
  CHECK(visit_state::ended.text() == "ended");
  std::set<std::string_view> listed;
  for (const EnumerationDescription* enumeration : all_enumerations()) listed.insert(enumeration->name);
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      if (field.enumeration != nullptr) CHECK_MESSAGE(listed.contains(field.enumeration->name), field.name);
    }
  }
}

TEST_CASE("a record is asked and told by handles; what its kind has not, it has no value of") {
  Record record(Uuid{}, kind_of(kinds::visit));
  record.set_value(visit::purpose, "年度检查");
  record.set_value(visit::state, visit_state::ended);
  CHECK(record.text(visit::purpose) == "年度检查");
  CHECK(record.integer(common::state) == visit_state::ended);
  CHECK(record.display(visit::state) == display_value(record.kind().field(visit::state), visit_state::ended));
  CHECK_FALSE(record.has(visit::summary));
  CHECK_FALSE(record.has(common::area_ha));
  CHECK(record.integer(common::area_ha) == 0);
  CHECK(record.display(common::area_ha).empty());
  CHECK(record.reference(common::mine).is_nil());
  record.clear_value(visit::purpose);
  CHECK_FALSE(record.has(visit::purpose));
  CHECK(record.name() == record.kind().label());
}

TEST_CASE("handles that would not change are left untouched; a kind without a number is told") {
  const std::string program = binary_folder() + "/bin/db_records_write_handles";
  const tests::TemporaryFolder folder;
  std::vector<std::string> words = {program, folder.path().string()};
  for (const KindDescription& kind : all_kinds()) {
    words.push_back("kind_" + std::to_string(kind.number) + "=" + std::to_string(kind.number));
  }
  const auto choices = [&](std::vector<std::string> kinds) {
    kinds.insert(kinds.end(), {"--", folder.path().string()});
    return kinds;
  };
  REQUIRE(tests::run_program(choices(words)).exit_code == 0);
  const std::filesystem::path header = folder.path() / "kind_32.h";
  REQUIRE(std::filesystem::exists(header));
  CHECK(std::filesystem::exists(folder.path() / "visit_state.h"));
  const auto long_ago = std::filesystem::file_time_type::clock::time_point{};
  std::filesystem::last_write_time(header, long_ago);
  REQUIRE(tests::run_program(choices(words)).exit_code == 0);
  CHECK(std::filesystem::last_write_time(header) == long_ago);
  words.pop_back();
  const auto ran = tests::run_program(choices(words));
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.find(std::string(all_kinds().back().name)) != std::string::npos);
}

}  // namespace kuangxun::records
