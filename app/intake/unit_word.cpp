#include "app/intake/unit_word.h"

#include <algorithm>

#include "app/intake/plain_text.h"
#include "db/base/text.h"
#include "db/records/choices/quantity_unit.h"
#include "db/records/enumerations.h"

namespace kuangxun::intake {
namespace {

namespace quantity_unit = records::quantity_unit;

struct Words {
  std::string_view names;  // folded, separated by |
  UnitWord unit;
};
constexpr Words known[] = {
    {"吨|t|矿石吨", {Measure::mass, quantity_unit::t, 0}},
    {"万吨|万t|10kt|矿石万吨|10,000t|×10,000t", {Measure::mass, quantity_unit::of_10kt, 4}},
    {"立方米|m3|m³|方|立方", {Measure::volume, quantity_unit::m3, 0}},
    {"万立方米|万m3|万m³|万方|万立方|10k-m3|10,000m3|10,000m³|×10,000m³",
     {Measure::volume, quantity_unit::of_10k_m3, 4}},
    {"千克|公斤|kg|金千克|千克(金属)", {Measure::metal, quantity_unit::kg, 0}},
    {"元|yuan|人民币元", {Measure::money, 0, 0}},
    {"万元|万|10kyuan|10,000yuan|×10,000yuan", {Measure::money, 0, 4}},
    {"亿元|亿", {Measure::money, 0, 8}},
    {"%|百分比|percent", {Measure::share, 0, 0}},
    {"平方米|m2|m²", {Measure::area, 0, 0}},
    {"公顷|ha|hm2|hm²", {Measure::area, 0, 4}},
    {"平方千米|平方公里|km2|km²", {Measure::area, 0, 6}},
    {"人|名|处|个|people|persons|sites", {Measure::people, 0, 0}},
};

}  // namespace

std::optional<UnitWord> read_unit_word(std::string_view folded_word) {
  for (const std::string_view year : {"/年", "/a", "/year", "每年"}) {
    if (folded_word.ends_with(year)) folded_word.remove_suffix(year.size());
  }
  for (const Words& words : known) {
    const auto names = split(words.names, '|');
    if (std::ranges::find(names, folded_word) != names.end()) return words.unit;
  }
  return std::nullopt;
}

bool is_unit_word(std::string_view folded_word) {
  return read_unit_word(folded_word).has_value();
}

NumberAndWord split_number(std::string_view plain_text) {
  const std::size_t end = plain_text.find_first_not_of("+-0123456789.,");
  if (end == std::string_view::npos) return {std::string(plain_text), {}};
  return {std::string(trim(plain_text.substr(0, end))), folded(plain_text.substr(end))};
}

}  // namespace kuangxun::intake
