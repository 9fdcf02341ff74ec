#include "db/records/unit_text.h"

#include "db/language/language.h"

namespace kuangxun::records {
namespace {

struct Words {
  std::string_view chinese;
  std::string_view english;
};
constexpr Words known[] = {{"公顷", "ha"},
                           {"万吨", "×10,000 t"},
                           {"万吨/年", "×10,000 t/year"},
                           {"万立方米", "×10,000 m³"},
                           {"万立方米/年", "×10,000 m³/year"},
                           {"千克", "kg"},
                           {"万元", "×10,000 yuan"},
                           {"人", "people"},
                           {"处", "sites"},
                           {"分", "marks"},
                           {"年", "years"}};

}  // namespace

std::string_view unit_text(std::string_view unit) {
  for (const Words& words : known) {
    if (words.chinese == unit) return either(words.chinese, words.english);
  }
  return unit;
}

std::string label_with_unit(const FieldDescription& field) {
  std::string text(field.label());
  if (!field.unit.empty()) text += say_with(" ({0})", {unit_text(field.unit)});
  return text;
}

}  // namespace kuangxun::records
