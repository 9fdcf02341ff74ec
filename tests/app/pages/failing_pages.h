#pragma once

namespace kuangxun::tests {

// What the two pages of failing_pages.cpp do in this program; all false between tests.
struct Failing {
  bool refuses_to_be_made = false;
  bool throws_when_made = false;
  bool throws_as_title = false;
  bool throws_when_renewed = false;
  int made = 0;
  int renewed = 0;  // only the part of it that moves on by itself
};
Failing& failing();

}  // namespace kuangxun::tests
