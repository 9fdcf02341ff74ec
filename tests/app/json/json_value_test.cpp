#include <doctest/doctest.h>

#include "app/json/json_value.h"

namespace kuangxun::json {

TEST_CASE("numbers keep their decimal text on the way through") {
  for (const char* text : {"0.10", "43.123456789", "12345678901234567890.5", "1E2", "-0.0", "7"}) {
    const auto value = parse_json(text);
    REQUIRE(value.ok());
    CHECK(value->type == JsonValue::Type::number);
    CHECK(format_json(*value) == text);
  }
}

TEST_CASE("texts come back as they were, in one line or many") {
  const std::string text = R"({"a":"矿 \"x\" \\ \u0007 \n","b":[],"c":{},"d":[true,null,"é"]})";
  const auto value = parse_json(text);
  REQUIRE(value.ok());
  CHECK(format_json_line(*value) == text);
  CHECK(format_json_line(*parse_json(format_json(*value))) == text);
}

TEST_CASE("bytes that are no UTF-8 are shown as replaced, never written raw") {
  CHECK(format_json(JsonValue::string("a\xff"
                                      "b")) ==
        "\"a\xEF\xBF\xBD"
        "b\"");
}

}  // namespace kuangxun::json
