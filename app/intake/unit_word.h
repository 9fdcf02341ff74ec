#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// For this folder only: units as offices write them.
namespace kuangxun::intake {

enum class Measure { mass, volume, metal, money, share, area, people };

struct UnitWord {
  Measure measure = Measure::mass;
  std::int64_t quantity_unit = 0;  // of mass, volume and metal: a number of quantity_unit_enumeration
  int power = 0;                   // 10^power times t, m³, kg, 元, %, m² or 人
};

// Of a word in folded form: "万吨", "m3", "万元", "%".
std::optional<UnitWord> read_unit_word(std::string_view folded_word);
bool is_unit_word(std::string_view folded_word);

// "30万吨" -> "30" and "万吨"; the word is empty when there is none.
struct NumberAndWord {
  std::string number;
  std::string word;
};
NumberAndWord split_number(std::string_view plain_text);

}  // namespace kuangxun::intake
