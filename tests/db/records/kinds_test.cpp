#include "db/records/kinds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/records/choices/area_method.h"
#include "db/records/choices/datum.h"
#include "db/records/choices/mining_method.h"
#include "db/records/choices/operating_state.h"
#include "db/records/choices/party_role.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/choices/restoration_state.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "tests/support/where.h"

namespace kuangxun::records {
namespace {

std::string_view type_name(FieldType type) {
  constexpr std::string_view names[] = {"text", "long-text", "integer",   "decimal", "boolean",  "enumeration",
                                        "day",  "instant",   "reference", "hash",    "geometry", "track-points"};
  return names[static_cast<std::size_t>(type)];
}

std::map<std::string_view, const EnumerationDescription*> enumerations_in_use() {
  std::map<std::string_view, const EnumerationDescription*> all;
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      if (field.enumeration == nullptr) continue;
      const auto [at, is_new] = all.try_emplace(field.enumeration->name, field.enumeration);
      CHECK_MESSAGE(at->second == field.enumeration, "two enumerations are called " << field.enumeration->name);
      static_cast<void>(is_new);
    }
  }
  return all;
}

// Everything that is on disk and on the wire, one fact a line.
std::vector<std::string> numbers_in_use() {
  std::vector<std::string> lines;
  for (const KindDescription& kind : all_kinds()) {
    const std::string number = std::to_string(kind.number);
    lines.push_back("kind " + number + " " + std::string(kind.name));
    for (const FieldDescription& field : kind.fields) {
      std::string line = "field " + number + "." + std::to_string(field.number) + " " + std::string(field.name) + " " +
                         std::string(type_name(field.type));
      if (field.type == FieldType::decimal) line += " " + std::to_string(field.scale);
      if (field.enumeration != nullptr) line += " " + std::string(field.enumeration->name);
      lines.push_back(line + " group " + std::to_string(field.group));
    }
  }
  for (const auto& [name, enumeration] : enumerations_in_use()) {
    for (const EnumerationOption& option : enumeration->options) {
      lines.push_back("option " + std::string(name) + " " + std::to_string(option.number) + " " +
                      std::string(option.code));
    }
  }
  return lines;
}

bool is_spelled(std::string_view name, char separator) {
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == separator;
  });
}

}  // namespace

TEST_CASE("kinds ascend by number, have names of their own and are found by both") {
  std::set<std::string_view> names;
  KindNumber previous = 0;
  for (const KindDescription& kind : all_kinds()) {
    CAPTURE(kind.name);
    CHECK(kind.number > previous);
    previous = kind.number;
    CHECK(names.insert(kind.name).second);
    CHECK(is_spelled(kind.name, '-'));
    CHECK(!kind.chinese.empty());
    CHECK(!kind.english.empty());
    CHECK(!is_spelled(kind.chinese, '-'));
    CHECK(find_kind(kind.number) == &kind);
    CHECK(find_kind(kind.name) == &kind);
    CHECK(&kind_of(kind.number) == &kind);
    CHECK(!kind.fields.empty());
  }
  CHECK(find_kind(KindNumber{0}) == nullptr);
  CHECK(find_kind(KindNumber{9999}) == nullptr);
  CHECK(find_kind("no-such-kind") == nullptr);
  CHECK(kind_of(kinds::mining_right).table_name() == "mining_right");
}

TEST_CASE("fields ascend by number, have names of their own, labels in both languages and what their type needs") {
  for (const KindDescription& kind : all_kinds()) {
    std::set<std::string_view> names;
    FieldNumber previous = 0;
    for (const FieldDescription& field : kind.fields) {
      CAPTURE(kind.name);
      CAPTURE(field.name);
      CHECK(field.number > previous);
      previous = field.number;
      CHECK(names.insert(field.name).second);
      CHECK(is_spelled(field.name, '_'));
      CHECK(!field.chinese.empty());
      CHECK(!field.english.empty());
      CHECK(is_clean_utf8(field.chinese));
      CHECK(std::ranges::all_of(field.english, [](char c) { return c >= ' ' && c <= '~'; }));
      CHECK((field.type == FieldType::enumeration) == (field.enumeration != nullptr));
      CHECK((field.scale == 0 || field.type == FieldType::decimal));
      CHECK(field.minimum <= field.maximum);
      const bool is_number = field.type == FieldType::integer || field.type == FieldType::decimal;
      CHECK(field.is_ranged() == is_number);
      for (const KindNumber target : field.targets) CHECK(find_kind(target) != nullptr);
      CHECK((field.targets.empty() || field.type == FieldType::reference));
      CHECK(kind.find_field(field.number) == &field);
      CHECK(kind.find_field(field.name) == &field);
      CHECK(&kind.fields[kind.position_of(field)] == &field);
    }
    CHECK(kind.find_field(FieldNumber{0}) == nullptr);
    CHECK(kind.find_field("no_such_field") == nullptr);
    const FieldDescription* name = kind.find_field(kind.name_field);
    CHECK((kind.name_field.empty() || name != nullptr));
    if (name != nullptr) CHECK((name->type == FieldType::text || name->type == FieldType::long_text));
  }
}

TEST_CASE("every field belongs to one group that is named by its first field") {
  for (const KindDescription& kind : all_kinds()) {
    CAPTURE(kind.name);
    std::size_t members = 0;
    CHECK(std::ranges::is_sorted(kind.groups));
    for (const GroupNumber group : kind.groups) {
      CAPTURE(group);
      const auto fields = kind.fields_of(group);
      REQUIRE(!fields.empty());
      CHECK(fields.front()->number == group);
      CHECK(group != existence_group);
      CHECK(group < 1024);  // what the stores' cell keys hold
      members += fields.size();
    }
    CHECK(members == kind.fields.size());
  }
}

TEST_CASE("choices have numbers and codes of their own and are named in both languages") {
  CHECK(enumerations_in_use().size() >= 19);
  for (const auto& [name, enumeration] : enumerations_in_use()) {
    CAPTURE(name);
    std::set<std::int64_t> numbers;
    std::set<std::string_view> codes;
    CHECK(!enumeration->options.empty());
    for (const EnumerationOption& option : enumeration->options) {
      CAPTURE(option.code);
      CHECK(option.number > 0);
      CHECK(numbers.insert(option.number).second);
      CHECK(codes.insert(option.code).second);
      CHECK(is_spelled(option.code, '-'));
      CHECK(!option.chinese.empty());
      CHECK(!option.english.empty());
      CHECK(enumeration->find(option.number) == &option);
      CHECK(enumeration->find(option.code) == &option);
    }
    CHECK(enumeration->find(0) == nullptr);
    CHECK(enumeration->find("no-such-choice") == nullptr);
  }
}

TEST_CASE("the numbers that code asks for by name are the described ones") {
  CHECK(mining_method_enumeration.find(mining_method::underground)->code == "underground");
  CHECK(mining_method_enumeration.find(mining_method::open_pit)->code == "open-pit");
  CHECK(operating_state_enumeration.find(operating_state::suspended)->code == "suspended");
  CHECK(visit_state_enumeration.find(visit_state::is_signed)->code == "signed");
  CHECK(restoration_state_enumeration.find(restoration_state::completed)->code == "completed");
  CHECK(area_method_enumeration.find(area_method::measured)->code == "measured");
  CHECK(party_role_enumeration.find(party_role::person_present)->code == "person-present");
  CHECK(point_purpose_enumeration.find(point_purpose::unit_corner)->code == "unit-corner");
  CHECK(datum_enumeration.find(datum::cgcs2000)->code == "cgcs2000");
}

// Data that laptops and the county signed and keep name kinds, fields, groups and choices by these numbers.
TEST_CASE("the numbers of numbers.txt still mean what they meant, and new ones stand in it") {
  const auto text = read_text_file(source_folder() + "/tests/db/records/numbers.txt", 1 << 20);
  REQUIRE(text.ok());
  std::set<std::string> written;
  for (const std::string_view line : split(*text, '\n')) {
    if (!line.empty() && !line.starts_with("#")) written.emplace(line);
  }
  std::set<std::string> used;
  for (const std::string& line : numbers_in_use()) used.insert(line);
  for (const std::string& line : written) {
    CHECK_MESSAGE(used.contains(line), "changed or taken away, though the number is for ever: " << line);
  }
  for (const std::string& line : used) {
    CHECK_MESSAGE(written.contains(line), "new; add this line to tests/db/records/numbers.txt: " << line);
  }
}

}  // namespace kuangxun::records
