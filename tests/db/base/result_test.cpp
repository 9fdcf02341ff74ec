#include "db/base/result.h"

#include <doctest/doctest.h>

#include "db/base/clock.h"

namespace kuangxun {
namespace {

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
