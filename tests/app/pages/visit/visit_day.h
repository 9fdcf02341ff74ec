#pragma once

#include "tests/app/window_office/office.h"

namespace kuangxun::tests {

// A visit under way at a made-up place with one unit.
struct VisitDay : Office {
  explicit VisitDay(std::string_view kind = "concurrent-restoration") {
    open_example_place();
    start_visit(kind);
  }
  // Two officers who signed.
  void enter_people() {
    open_visit_tab("people");
    for (int index = 0; index < 2; ++index) {
      const std::string prefix = "visit.officer." + std::to_string(index) + ".";
      enter(prefix + "name", "示例检查员" + std::to_string(index));
      enter(prefix + "certificate_number", "示例-00" + std::to_string(index));
      press(prefix + "sign");
    }
  }
};

}  // namespace kuangxun::tests
