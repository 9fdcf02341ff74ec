#pragma once

#include <fstream>

#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/visit_day.h"

namespace kuangxun::tests {

inline std::string with_checksum(const std::string& words) {
  int sum = 0;
  for (const char c : words) sum ^= static_cast<unsigned char>(c);
  char end[8];
  std::snprintf(end, sizeof end, "*%02X\r\n", static_cast<unsigned>(sum));
  return "$" + words + end;
}

// The page of positions of a visit at a made-up place.
struct PositionsDay : VisitDay {
  explicit PositionsDay(std::string_view kind = "concurrent-restoration") : VisitDay(kind) {
    open_visit_tab("positions");
  }
  // The example recording, which stands at 43.15° 81.9°, about. It waits by the clock.
  void start_example(const std::string& speed = "10") {
    let_time_run();
    press("gps.example");
    start(speed);
  }
  void start(const std::string& speed) {
    // Of those that are offered; else that of a path, which is played as it was recorded.
    choose("gps.speed", speed);
    press("gps.start");
  }
  // A line around the south and west of there, entered by somebody else.
  void enter_line(double north_deg) {
    records::Record line(fixed_uuid("line"), records::kind_of(records::kinds::boundary));
    const auto set = [&](std::string_view field, const std::string& text) {
      const records::FieldDescription& described = *line.kind().find_field(field);
      line.set_value(described, records::parse_value(described, text).value());
    };
    const std::string north = std::to_string(north_deg);
    set("place", store->list(records::kinds::visit)->front().reference(records::visit::place).text());
    set("outline",
        "POLYGON((81.8900 43.1400, 81.9000 43.1400, 81.9000 " + north + ", 81.8900 " + north + ", 81.8900 43.1400))");
    set("corner_accuracy_m", "0.5");
    REQUIRE(store->commit(history::edits_for_new(line), Uuid{}).ok());
    open_visit(store->list(records::kinds::visit)->front().id());
  }
  bool wait_for_evidence() {
    return wait_for([&] { return can_press("gps.take"); });
  }
  bool is_running() const { return has_button("gps.stop"); }
  bool can_press(std::string_view name) const { return has_button(name) && button(name).enabled; }
  // How many of those records the page shows.
  std::size_t shown(const std::string& what) const {
    std::size_t count = 0;
    while (has_button("visit." + what + "." + std::to_string(count) + ".void")) ++count;
    return count;
  }
};

}  // namespace kuangxun::tests
