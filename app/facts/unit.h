#pragma once

#include <map>
#include <string>
#include <string_view>

#include "db/base/result.h"

namespace kuangxun::facts {

// A product of named units with exponents: "10k_m3/year" is {10k_m3: 1, year: -1}. The empty product is a bare number.
// Names are only ever compared: 10kt and t are two units, nothing is converted unseen.
class Unit {
 public:
  // Names of letters, digits and _ with * and / between them; "" and "1" are the bare number.
  static Result<Unit> parse(std::string_view text);
  Unit times(const Unit& other) const;
  Unit over(const Unit& other) const;
  std::string text() const;
  bool operator==(const Unit&) const = default;

 private:
  void add(const std::string& name, int exponent);
  std::map<std::string, int> exponents_;
};

}  // namespace kuangxun::facts
