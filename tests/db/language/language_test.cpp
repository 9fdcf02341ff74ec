#include "db/language/language.h"

#include <doctest/doctest.h>

namespace kuangxun {
namespace {

// Chinese again when it goes.
struct Spoken {
  explicit Spoken(Language chosen) { set_language(chosen); }
  ~Spoken() { set_language(Language::chinese); }
};

}  // namespace

TEST_CASE("Chinese is spoken unless another language was chosen") {
  CHECK(either("矿", "mine") == "矿");
  const Spoken english(Language::english);
  CHECK(language() == Language::english);
  CHECK(either_text("矿", "mine") == "mine");
}

TEST_CASE("arguments stand where each language wants them") {
  const std::string chinese = either_with("{1}的{0}", "{0} of {1}", {"面积", "矿山"});
  CHECK(chinese == "矿山的面积");
  const Spoken english(Language::english);
  CHECK(either_with("{1}的{0}", "{0} of {1}", {"area", "mine"}) == "area of mine");
}

TEST_CASE("what looks like a placeholder in an argument stays as it is") {
  CHECK(either_with("{0}{1}", "", {"{1}", "{0}"}) == "{1}{0}");
  CHECK(either_with("{0} {0}", "", {"a"}) == "a a");
  CHECK(either_with("{} {x} { {0", "", {"a"}) == "{} {x} { {0");
  CHECK(either_with("{3}", "", {"a"}).empty());
  CHECK(either_with("", "", {}).empty());
}

}  // namespace kuangxun
