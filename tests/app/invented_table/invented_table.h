#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/green/item_table.h"
#include "tests/support/where.h"

// An invented item table in the shape that is known of the index of 2020: nobody's marks, only its counts and sums.
namespace kuangxun::tests {

inline const green::Library& library() {
  static const green::Library loaded = [] {
    auto read = green::Library::load(std::filesystem::path(source_folder()) / "assets");
    REQUIRE_MESSAGE(read.ok(), read.error().message());
    return std::move(read).value();
  }();
  return loaded;
}

struct InventedRow {
  std::string index = "national-2020";
  std::string number;
  std::string first;
  std::string second;
  std::string third;
  std::string marks;
  std::string veto = "";
  std::string effort = "";
};

// 6 first levels, 24 second, 100 items, 1000 marks; 220 in each of the first two.
inline std::vector<InventedRow> invented_rows() {
  struct Part {
    std::string name;
    std::vector<std::string> seconds;
    int items;
    int marks;
  };
  const auto seconds = [](const std::string& of) {
    std::vector<std::string> names;
    for (const char* letter : {"甲", "乙", "丙", "丁", "戊"}) names.push_back("虚构" + of + letter);
    return names;
  };
  const std::vector<Part> parts = {
      {"矿区环境", {"矿容矿貌", "矿区绿化"}, 17, 220},
      {"资源开发方式", {"资源开采", "选矿加工", "矿山环境恢复治理与土地复垦", "环境管理与监测"}, 15, 220},
      {"资源综合利用", {"综合利用", "固废处置与综合利用", "废水处置与综合利用"}, 17, 140},
      {"节能减排", seconds("节能"), 17, 140},
      {"科技创新与智能矿山", seconds("科技"), 17, 140},
      {"企业管理与企业形象", seconds("管理"), 17, 140},
  };
  std::vector<InventedRow> rows;
  for (const Part& part : parts) {
    const int each = part.marks / part.items;
    for (int i = 0; i < part.items; ++i) {
      InventedRow row;
      row.number = std::to_string(rows.size() + 1);
      row.first = part.name;
      row.second = part.seconds[static_cast<std::size_t>(i) % part.seconds.size()];
      row.third = "虚构指标" + row.number;
      row.marks = std::to_string(i + 1 < part.items ? each : part.marks - each * (part.items - 1));
      row.effort = std::to_string(1 + (i * 7) % 5);
      rows.push_back(row);
    }
  }
  return rows;
}

inline std::string csv_of(const std::vector<InventedRow>& rows) {
  std::string text = "评价指标,序号,一级指标,二级指标,三级指标,满分,一票否决,评分标准,佐证材料,工作量,工作量说明\n";
  for (const InventedRow& row : rows) {
    text += row.index + "," + row.number + "," + row.first + "," + row.second + "," + row.third + "," + row.marks +
            "," + row.veto + ",虚构标准,虚构材料," + row.effort + ",\n";
  }
  return text;
}

inline green::TableReading read_rows(const std::vector<InventedRow>& rows) {
  auto reading = green::read_item_table(csv_of(rows), "虚构表.csv", library());
  REQUIRE_MESSAGE(reading.ok(), reading.error().message());
  return std::move(reading).value();
}

inline const green::Index& index_2020() {
  return *library().find("national-2020");
}

}  // namespace kuangxun::tests
