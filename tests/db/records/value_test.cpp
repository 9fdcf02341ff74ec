#include "db/records/value.h"

#include <doctest/doctest.h>

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"
#include "db/records/track_block.h"
#include "db/records/validate.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::records {
namespace {

const FieldDescription& field_of(KindNumber kind, std::string_view name) {
  const FieldDescription* field = kind_of(kind).find_field(name);
  REQUIRE(field != nullptr);
  return *field;
}

std::int64_t between(tests::SeededRandom& random, std::int64_t minimum, std::int64_t maximum) {
  return minimum + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(maximum - minimum) + 1));
}

std::string random_text(tests::SeededRandom& random) {
  constexpr std::string_view pieces[] = {"矿", "区", "a", "Z", " ", "0", "ئۇ", "\"", "'", ",", "😀", "。", "-", "\\"};
  std::string text = "文";
  for (std::uint64_t left = random.below(40); left > 0; --left) text += pieces[random.below(std::size(pieces))];
  return text;
}

Bytes random_outline(tests::SeededRandom& random) {
  Polygon polygon;
  for (std::uint64_t rings = 1 + random.below(3); rings > 0; --rings) {
    auto& ring = polygon.rings.emplace_back();
    for (std::uint64_t corners = 3 + random.below(6); corners > 0; --corners) {
      ring.push_back(
          {between(random, -90'000'000'000, 90'000'000'000), between(random, -180'000'000'000, 180'000'000'000)});
    }
  }
  return encode_polygon(polygon);
}

Value random_value(const FieldDescription& field, tests::SeededRandom& random) {
  Uuid id;
  Bytes hash(32);
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
      return random_text(random);
    case FieldType::integer:
    case FieldType::decimal:
      return between(random, field.minimum, field.maximum);
    case FieldType::boolean:
      return between(random, 0, 1);
    case FieldType::enumeration:
      return field.enumeration->options[random.below(field.enumeration->options.size())].number;
    case FieldType::day:
      return between(random, first_day, last_day);
    case FieldType::instant:
      return between(random, first_instant_ms, last_instant_ms);
    case FieldType::reference:
      random.fill(id.bytes);
      return id;
    case FieldType::hash:
      random.fill(hash);
      return hash;
    case FieldType::geometry:
      return random_outline(random);
    case FieldType::track_points:
      return encode_track_block(std::vector<TrackPoint>(1 + random.below(60)), 0);
  }
  return {};
}

bool is_refused(const FieldDescription& field, std::string_view text) {
  const auto value = parse_value(field, text);
  if (value.ok()) return false;
  CHECK(value.error().code() == ErrorCode::bad_input);
  CHECK(value.error().message().find(field.name) != std::string::npos);
  return true;
}

bool has_finding(const FieldDescription& field, const Value& value) {
  const auto findings = validate_value(field, value);
  if (findings.empty()) return false;
  CHECK(findings.front().field == field.name);
  CHECK(findings.front().words.spoken().find(field.label()) == 0);
  return true;
}

}  // namespace

TEST_CASE("a random value of every field is valid, and its text is read back as the same value") {
  constexpr std::uint64_t seed = 20'260'501;
  CAPTURE(seed);
  tests::SeededRandom random(seed);
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      CAPTURE(kind.name);
      CAPTURE(field.name);
      for (int round = 0; round < 50; ++round) {
        const Value value = random_value(field, random);
        const std::string text = format_value(field, value);
        CAPTURE(text);
        const auto parsed = parse_value(field, text);
        REQUIRE(parsed.ok());
        CHECK(*parsed == value);
        CHECK(fits_type(field, value));
        CHECK(validate_value(field, value).empty());
        CHECK(!display_value(field, value).empty());
        CHECK(is_clean_utf8(display_value(field, value)));
      }
      CHECK(is_empty(*parse_value(field, "")));
      CHECK(format_value(field, Value()).empty());
      CHECK(display_value(field, Value()).empty());
      CHECK(validate_value(field, Value()).empty());
    }
  }
}

TEST_CASE("a latitude of 91 is a finding, 90 is none, and NaN is no number at all") {
  const FieldDescription& latitude = field_of(kinds::gps_point, "latitude_deg");
  CHECK(!has_finding(latitude, *parse_value(latitude, "90")));
  CHECK(!has_finding(latitude, *parse_value(latitude, "-90")));
  CHECK(has_finding(latitude, *parse_value(latitude, "91")));
  CHECK(has_finding(latitude, *parse_value(latitude, "90.000000001")));
  CHECK(has_finding(latitude, *parse_value(latitude, "-90.000000001")));
  for (const char* text :
       {"NaN", "nan", "inf", "-inf", "4e1", "43°", "四十三", "0x1", "43.1234567891", "99999999999"}) {
    CAPTURE(text);
    CHECK(is_refused(latitude, text));
  }
}

TEST_CASE("text that is too long, not UTF-8 or holds NUL is refused or found") {
  const FieldDescription& name = field_of(kinds::mining_right, "name");
  const FieldDescription& summary = field_of(kinds::visit, "summary");
  CHECK(!has_finding(name, std::string(limits::short_text_bytes_max, 'a')));
  CHECK(has_finding(name, std::string(limits::short_text_bytes_max + 1, 'a')));
  CHECK(!has_finding(summary, std::string(limits::text_bytes_max, 'a')));
  CHECK(has_finding(summary, std::string(limits::text_bytes_max + 1, 'a')));
  for (const std::string& text : {std::string("\xff"), std::string("\xed\xa0\x80"), std::string("a\0b", 3),
                                  std::string("\xc0\xaf"), std::string("\xe7\x9f")}) {
    CHECK(has_finding(name, text));
    CHECK(has_finding(summary, text));
    CHECK(is_refused(name, text));
    CHECK(is_refused(field_of(kinds::mining_right, "mineral"), text));
    CHECK(is_refused(field_of(kinds::mining_right, "area_km2"), text));
  }
}

TEST_CASE("choices, yes and no, dates and ids are read strictly") {
  const FieldDescription& method = field_of(kinds::mining_right, "mining_method");
  CHECK(parse_value(method, "underground").ok());
  for (const char* text : {"Underground", "地下开采", "2", "under ground", "underground "})
    CHECK(is_refused(method, text));
  CHECK(has_finding(method, std::int64_t{3}));
  CHECK(has_finding(method, std::int64_t{0}));
  CHECK(format_value(method, std::int64_t{77}) == "77");
  CHECK(display_value(method, std::int64_t{77}).find("77") != std::string::npos);

  const FieldDescription& example = field_of(kinds::mining_right, "is_example");
  CHECK(*parse_value(example, "1") == Value(std::int64_t{1}));
  for (const char* text : {"yes", "TRUE", "2", "-1"}) CHECK(is_refused(example, text));
  CHECK(has_finding(example, std::int64_t{2}));

  const FieldDescription& day = field_of(kinds::mining_right, "licence_valid_to");
  for (const char* text : {"2021-02-30", "2021", "30/12/2021"}) CHECK(is_refused(day, text));
  CHECK(has_finding(day, std::int64_t{last_day} + 1));
  CHECK(has_finding(day, std::int64_t{1} << 32));
  const FieldDescription& started = field_of(kinds::visit, "started_at");
  CHECK(is_refused(started, "2026-05-01T10:30:00"));
  CHECK(has_finding(started, last_instant_ms + 1));
  CHECK(!has_finding(started, std::int64_t{0}));

  const FieldDescription& place = field_of(kinds::visit, "place");
  for (const char* text : {"1", "矿山", "017f22e2-79b0-7cc3-98c4"}) CHECK(is_refused(place, text));
  const FieldDescription& hash = field_of(kinds::photo, "file_hash");
  CHECK(is_refused(hash, "abcd"));
  CHECK(has_finding(hash, Bytes(31)));
  CHECK(has_finding(hash, Bytes(33)));
  const FieldDescription& satellites = field_of(kinds::gps_point, "satellites");
  for (const char* text : {"1.0", "+1", " 1", "1 ", "99999999999999999999", "NaN"}) CHECK(is_refused(satellites, text));
  CHECK(has_finding(satellites, std::int64_t{-1}));
  CHECK(has_finding(satellites, std::int64_t{201}));
}

TEST_CASE("a value of another type never fits, and is found") {
  const Value values[] = {std::int64_t{1}, std::string("a"), Bytes{1}, Uuid{}};
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      int fitting = 0;
      for (const Value& value : values) {
        if (fits_type(field, value)) {
          ++fitting;
        } else {
          CHECK(has_finding(field, value));
        }
        // Whatever came from elsewhere can be shown.
        CHECK(!format_value(field, value).empty());
        CHECK(!display_value(field, value).empty());
      }
      CHECK(fitting == 1);
      CHECK(fits_type(field, Value()));
    }
  }
}

TEST_CASE("a refused value is quoted in whole characters") {
  const FieldDescription& method = field_of(kinds::mining_right, "mining_method");
  std::string text = "x";
  for (int i = 0; i < 100; ++i) text += "矿";
  const auto value = parse_value(method, text);
  REQUIRE(!value.ok());
  CHECK(is_clean_utf8(value.error().message()));
  CHECK(value.error().message().size() < 300);
}

TEST_CASE("what is required is found when it is missing; the rest may stay empty") {
  Record point(Uuid{}, kind_of(kinds::gps_point));
  std::vector<std::string> missing;
  for (const ValidationFinding& finding : validate_record(point)) missing.push_back(finding.field);
  CHECK(missing == std::vector<std::string>{"visit", "latitude_deg", "longitude_deg"});
  point.set_value(records::gps_point::visit, Uuid{});
  point.set_value(records::gps_point::latitude_deg, std::int64_t{43'000'000'000});
  point.set_value(records::gps_point::longitude_deg, std::int64_t{81'800'000'000});
  CHECK(validate_record(point).empty());
  point.set_value(records::gps_point::longitude_deg, std::int64_t{181'000'000'000});
  CHECK(validate_record(point).size() == 1);
}

TEST_CASE("a record gives its values by name, and its kind's label when it has no name") {
  Record mine(Uuid{}, kind_of(kinds::mining_right));
  CHECK(mine.name() == "采矿权");
  mine.set_value(records::mining_right::name, std::string("示例矿"));
  mine.set_value(records::mining_right::area_km2, std::int64_t{132'460});
  CHECK(mine.name() == "示例矿");
  CHECK(mine.display(records::mining_right::area_km2) == "13.246 km²");
  CHECK(mine.integer(records::mining_right::area_km2) == 132'460);
  CHECK(mine.text(mine.kind().field(records::mining_right::area_km2)).empty());  // of another type
  CHECK(mine.reference(records::mining_right::township).is_nil());
  CHECK(!mine.has(records::mining_right::holder));
  Record other = mine;
  CHECK(other == mine);
  other.set_voided(true, "重复录入");
  CHECK(other != mine);
  CHECK(other.void_reason() == "重复录入");
}

}  // namespace kuangxun::records
