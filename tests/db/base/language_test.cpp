#include "db/base/language.h"

#include <doctest/doctest.h>

#include "db/base/clock.h"
#include "db/base/result.h"

namespace kuangxun {
namespace {

// Chinese again when it goes.
struct Spoken {
  explicit Spoken(Language chosen) { set_language(chosen); }
  ~Spoken() { set_language(Language::chinese); }
};

Result<int> half(int number) {
  if (number % 2 != 0) return Error(ErrorCode::bad_input, "odd");
  return number / 2;
}
Result<int> quarter(int number) {
  KX_TRY(once, half(number));
  KX_TRY(twice, half(once));
  return twice;
}
Status is_even(int number) {
  KX_CHECK(half(number));
  return {};
}

}  // namespace

TEST_CASE("Chinese is spoken unless another language was chosen") {
  CHECK(say("矿", "mine") == "矿");
  const Spoken english(Language::english);
  CHECK(language() == Language::english);
  CHECK(say_text("矿", "mine") == "mine");
}

TEST_CASE("arguments stand where each language wants them") {
  const std::string chinese = say_with("{1}的{0}", "{0} of {1}", {"面积", "矿山"});
  CHECK(chinese == "矿山的面积");
  const Spoken english(Language::english);
  CHECK(say_with("{1}的{0}", "{0} of {1}", {"area", "mine"}) == "area of mine");
}

TEST_CASE("what looks like a placeholder in an argument stays as it is") {
  CHECK(say_with("{0}{1}", "", {"{1}", "{0}"}) == "{1}{0}");
  CHECK(say_with("{0} {0}", "", {"a"}) == "a a");
  CHECK(say_with("{} {x} { {0", "", {"a"}) == "{} {x} { {0");
  CHECK(say_with("{3}", "", {"a"}).empty());
  CHECK(say_with("", "", {}).empty());
}

TEST_CASE("an error travels up with its code and gains where it happened") {
  CHECK(*quarter(8) == 2);
  const auto failed = quarter(6);
  REQUIRE(!failed.ok());
  CHECK(failed.error().code() == ErrorCode::bad_input);
  CHECK(failed.error().within("here").message() == "here: odd");
  CHECK(is_even(2).ok());
  CHECK(!is_even(3).ok());
}

TEST_CASE("the steady clock does not run backwards and the wall clock knows the century") {
  SystemClock clock;
  const std::int64_t before_ms = clock.steady_ms();
  CHECK(clock.steady_ms() >= before_ms);
  CHECK(clock.now_ms() > 1'600'000'000'000);
}

}  // namespace kuangxun
