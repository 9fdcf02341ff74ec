#include <doctest/doctest.h>

#include <limits>

#include "db/records/describe.h"
#include "db/records/validate.h"
#include "db/records/value.h"

// Values of any type and size come signed from other laptops: telling them must not end the program.
namespace kuangxun::records {
namespace {

std::vector<Value> hostile_values() {
  std::vector<Value> values = {Value(),           std::string(), std::string("\0\xff", 2), Bytes(), Bytes(32, 0xff),
                               Bytes{1, 3, 0, 0}, Uuid(),        OpaqueValue{5, Bytes{1}}};
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{2'000'000'000'000}, Limits::min(), Limits::max()}) {
    values.emplace_back(number);
  }
  return values;
}

}  // namespace

TEST_CASE("a value of any type in any field can be told, checked and is not taken for what it is not") {
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      for (const Value& value : hostile_values()) {
        CAPTURE(field.name);
        CAPTURE(value.index());
        CHECK_NOTHROW(static_cast<void>(format_value(field, value)));
        CHECK_NOTHROW(static_cast<void>(display_value(field, value)));
        CHECK_NOTHROW(static_cast<void>(validate_value(field, value)));
        if (std::holds_alternative<OpaqueValue>(value)) {
          CHECK(format_value(field, value).empty());
          CHECK_FALSE(display_value(field, value).empty());
          CHECK_FALSE(fits_type(field, value));
        }
      }
    }
  }
}

}  // namespace kuangxun::records
