#include "app/facts/unit.h"

#include <algorithm>
#include <cctype>

#include "db/language/language.h"

namespace kuangxun::facts {

Result<Unit> Unit::parse(std::string_view text) {
  Unit unit;
  int sign = 1;
  std::string name;
  const auto is_part = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto error = [&] {
    return Error(ErrorCode::bad_input, phrase("the unit \"{0}\" is not written like 10k_m3/year", {text}));
  };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : '*';
    if (is_part(c)) {
      name += c;
      continue;
    }
    if (c != '*' && c != '/') return error();
    if (name.empty() && !text.empty()) return error();
    if (name != "1" && !name.empty()) unit.add(name, sign);
    name.clear();
    sign = c == '/' ? -1 : 1;
  }
  return unit;
}

void Unit::add(const std::string& name, int exponent) {
  const int sum = exponents_[name] + exponent;
  if (sum == 0) {
    exponents_.erase(name);
  } else {
    exponents_[name] = sum;
  }
}

Unit Unit::times(const Unit& other) const {
  Unit product = *this;
  for (const auto& [name, exponent] : other.exponents_) product.add(name, exponent);
  return product;
}

Unit Unit::over(const Unit& other) const {
  Unit quotient = *this;
  for (const auto& [name, exponent] : other.exponents_) quotient.add(name, -exponent);
  return quotient;
}

std::string Unit::text() const {
  std::string above;
  std::string below;
  for (const auto& [name, exponent] : exponents_) {
    for (int i = 0; i < std::abs(exponent); ++i) {
      if (exponent > 0) above += above.empty() ? name : "*" + name;
      if (exponent < 0) below += "/" + name;
    }
  }
  if (above.empty() && below.empty()) return say_text("no unit");
  return (above.empty() ? "1" : above) + below;
}

}  // namespace kuangxun::facts
