#include "db/records/unit_text.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "db/language/language.h"
#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"
#include "db/records/value.h"

namespace kuangxun::records {

TEST_CASE("units are in the language of the day: in English no field has a Chinese one") {
  const KindDescription& mine = kind_of(kinds::mining_right);
  const FieldDescription& capacity = *mine.find_field(records::mining_right::capacity_10k_m3_per_year);
  CHECK(display_value(capacity, std::int64_t{150'000}) == "15 万立方米/年");
  const Language before = language();
  set_language(Language::english);
  CHECK(display_value(capacity, std::int64_t{150'000}) == "15 ×10,000 m³/year");
  CHECK(unit_text("km²") == "km²");
  std::size_t units = 0;
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      if (field.unit.empty()) continue;
      ++units;
      CAPTURE(kind.name);
      CAPTURE(field.name);
      CHECK(std::ranges::none_of(unit_text(field.unit), [](char c) { return static_cast<unsigned char>(c) >= 0xe3; }));
    }
  }
  CHECK(units > 20);
  set_language(before);
}

}  // namespace kuangxun::records
