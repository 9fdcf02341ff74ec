#include "db/language/language.h"

#include <doctest/doctest.h>

namespace kuangxun {
namespace {

// Chinese again when it goes.

}  // namespace

TEST_CASE("Chinese is spoken unless another language was chosen") {
  CHECK(either("矿", "mine") == "矿");
  const Speaking english(Language::english);
  CHECK(language() == Language::english);
  CHECK(either_text("矿", "mine") == "mine");
}

// Messages that no catalogue has are said as they stand.
TEST_CASE("arguments stand where each language wants them") {
  CHECK(say_with("{1} of {0}", {"a mine", "the area"}) == "the area of a mine");
  CHECK(say_with("cannot open file {0}: {1}", {"a", "b"}) == "无法打开文件 a：b");
}

TEST_CASE("what looks like a placeholder in an argument stays as it is") {
  CHECK(say_with("{0}{1}", {"{1}", "{0}"}) == "{1}{0}");
  CHECK(say_with("{0} {0}", {"a"}) == "a a");
  CHECK(say_with("{} {x} { {0", {"a"}) == "{} {x} { {0");
  CHECK(say_with("{3}", {"a"}).empty());
  CHECK(say_with("", {}).empty());
}

}  // namespace kuangxun
