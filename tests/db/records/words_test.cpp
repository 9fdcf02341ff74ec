#include <doctest/doctest.h>

#include "db/records/describe.h"
#include "tests/support/glossary.h"

// What the descriptions call things is seen in forms, lists, tables and on papers.
namespace kuangxun::records {
namespace {

void check_words(std::string_view where, std::string_view chinese, std::string_view english) {
  const tests::Glossary& glossary = tests::Glossary::shared();
  const std::string held = glossary.held_by(chinese, "zh") + glossary.held_by(english, "en");
  CHECK_MESSAGE(held.empty(), where, ": ", chinese, " | ", english, ": ", held);
}

}  // namespace

TEST_CASE("one word for each thing: kinds, fields and choices have no label that the glossary refuses") {
  for (const KindDescription& kind : all_kinds()) {
    check_words(kind.name, kind.chinese, kind.english);
    for (const FieldDescription& field : kind.fields) {
      check_words(field.name, field.chinese, field.english);
      if (field.enumeration == nullptr) continue;
      for (const EnumerationOption& option : field.enumeration->options)
        check_words(option.code, option.chinese, option.english);
    }
  }
}

}  // namespace kuangxun::records
