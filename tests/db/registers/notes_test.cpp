#include "db/records/handles/common.h"
#include "db/records/handles/county.h"
#include "db/records/handles/minimum_scale.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/plan_note.h"
#include "db/records/handles/plan_target.h"
#include "db/records/handles/reserve.h"
#include "tests/db/registers/county.h"

// The notes on the plan: their figures come out of the registers again, so that a corrected register
// cannot leave a stale note behind.
namespace kuangxun::tests {

namespace kinds = records::kinds;
using records::Record;

namespace {

// Both languages of a note carry the figure.
void check_figure(const char* key, const std::string& figure) {
  const Record& note = record_of("plan-note", key);
  CAPTURE(key);
  CAPTURE(figure);
  CHECK(note.text(records::plan_note::text_zh).find(figure) != std::string::npos);
  CHECK(note.text(records::plan_note::text_en).find(figure) != std::string::npos);
}

std::string rounded(std::int64_t numerator, std::int64_t denominator, int decimals) {
  const std::int64_t scaled = (numerator * power_of_ten(decimals) * 2 / denominator + 1) / 2;
  return format_decimal_padded(scaled, decimals);
}

const Record& subject_of(const char* note) {
  return *find_record(record_of("plan-note", note).reference(records::plan_note::subject));
}

}  // namespace

TEST_CASE("every note names a record of the county, in both languages, with its source") {
  const auto notes = of_kind(kinds::plan_note);
  CHECK(notes.size() >= 30);
  for (const Record& note : notes) {
    CAPTURE(note.name());
    REQUIRE(find_record(note.reference(records::plan_note::subject)) != nullptr);
    for (const char* field : {"topic", "text_zh", "text_en", "source"})
      CHECK(note.text(*note.kind().find_field(field)).size() > 5);
    // The plan's faults are stated, nobody is blamed: 违法 only where it is denied.
    const std::string text = note.text(records::plan_note::text_zh);
    if (text.find("违法") != std::string::npos) CHECK(text.find("不等于违法") != std::string::npos);
  }
}

TEST_CASE("the contradictions that a user must see are there, at the record they concern") {
  CHECK(subject_of("iron-mining-method").name() == "新疆特克斯阔拉萨依铁矿");
  CHECK(subject_of("limestone-370-against-50").name() == "新疆特克斯县托斯马能萨依水泥用石灰岩矿");
  CHECK(subject_of("footprint-3-11").integer(records::common::register_number) == 11);
  CHECK(subject_of("footprint-3-14").integer(records::common::register_number) == 14);
  CHECK(subject_of("zone-12-columns").kind().number == kinds::plan_zone);
  CHECK(subject_of("gold-output").text(records::plan_target::unit) == "吨");
  CHECK(subject_of("share-wordings").text(records::common::rule) == "R05");
  for (const char* note : {"restoration-areas", "clay-below-minimum", "deposit-sizes", "table-numbering",
                           "no-limestone-result", "clay-restricted", "blocks-and-cap", "fields-not-printed"})
    CHECK(subject_of(note).kind().number == kinds::county);
}

TEST_CASE("the figures of the restoration note are those of the registers") {
  const std::int64_t projects = 640'000;  // 64.0 ha at scale 4
  CHECK(sum_of(kinds::restoration_project, "area_ha") == format_decimal(projects, 4));
  const std::int64_t legacy = record_of("county", "654027").integer(records::county::legacy_untreated_ha);
  const std::int64_t target = record_of("plan-target", "text-legacy-restoration").integer(records::plan_target::value);
  check_figure("restoration-areas", rounded(projects, 10'000, 1));
  check_figure("restoration-areas", rounded(legacy, 10'000, 2));
  check_figure("restoration-areas", rounded(target, 10'000, 2));
  check_figure("restoration-areas", rounded(projects, legacy, 2));
  check_figure("restoration-areas", rounded(projects, target, 1));
  check_figure("restoration-areas", rounded(target * 100, legacy, 1));
  // No subset of the six equals either figure.
  const auto all = of_kind(kinds::restoration_project);
  for (unsigned subset = 1; subset < 64; ++subset) {
    std::int64_t sum = 0;
    for (unsigned i = 0; i < 6; ++i)
      if ((subset >> i) & 1U) sum += all[i].integer(records::common::area_ha);
    CHECK(sum != legacy);
    CHECK(sum != target);
  }
}

TEST_CASE("the figures of the notes on capacity are those of the registers") {
  const auto clay = [](const Record& mine) { return text_of(mine, "mineral") == "brick-clay"; };
  check_figure("clay-below-minimum", sum_of(kinds::mining_right, "capacity_10k_m3_per_year", clay));
  check_figure("clay-below-minimum", rounded(10 * 100, 16, 1));
  const std::int64_t minimum = record_of("minimum-scale", "14-11").integer(records::minimum_scale::small_open_pit);
  for (const Record& mine : of_kind(kinds::mining_right))
    if (clay(mine)) CHECK(mine.integer(records::mining_right::capacity_10k_m3_per_year) < minimum);

  const std::int64_t limestone =
      record_of("mining-right", "3-03").integer(records::mining_right::capacity_10kt_per_year);
  const std::int64_t expected = record_of("plan-target", "8-03").integer(records::plan_target::value);
  const std::int64_t retained = record_of("reserve", "1-06").integer(records::reserve::retained);
  check_figure("limestone-370-against-50", rounded(limestone, expected, 1));
  check_figure("limestone-370-against-50", rounded(retained, limestone, 0));
  check_figure("limestone-370-against-50", rounded(retained, expected, 0));
  const std::int64_t gold_kg = record_of("reserve", "1-02").integer(records::reserve::retained);
  check_figure("gold-output", rounded(gold_kg, 30 * 1000 * 10'000, 2));
  const std::int64_t value = record_of("county", "654027").integer(records::county::mining_output_value_10k_yuan);
  check_figure("output-value", rounded(30'000LL * 10'000, value, 2));
}

TEST_CASE("ten years of clay from the licensed areas: two mines stand apart") {
  for (const Record& mine : of_kind(kinds::mining_right)) {
    if (text_of(mine, "mineral") != "brick-clay") continue;
    // Mean depth in m = 10 years x capacity (10,000 m³) / area (km²), 10^5 / 10^6.
    const std::int64_t capacity = mine.integer(records::mining_right::capacity_10k_m3_per_year);
    const std::int64_t area = mine.integer(records::mining_right::area_km2);
    const std::int64_t number = mine.integer(records::mining_right::register_number);
    CAPTURE(number);
    if (number == 11 || number == 14) {
      const std::string note = "footprint-3-" + std::to_string(number);
      check_figure(note.c_str(), rounded(capacity, 10 * area, 0));
      CHECK(capacity >= 400 * area);
    } else {
      CHECK(capacity >= 60 * area);
      CHECK(capacity <= 125 * area);
    }
  }
}

}  // namespace kuangxun::tests
