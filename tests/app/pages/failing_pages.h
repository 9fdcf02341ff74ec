#pragma once

namespace kuangxun::tests {

// What the two pages of failing_pages.cpp do in this program; all false between tests.
struct Failing {
  bool refuses_to_be_made = false;
  bool throws_when_made = false;
  bool throws_as_title = false;
  int made = 0;
};
Failing& failing();

}  // namespace kuangxun::tests
