#pragma once

#include <array>
#include <string_view>

// For this folder: the columns of an item table.
namespace kuangxun::green {

struct TableColumn {
  std::string_view english;
  std::string_view chinese;
  bool is_required;
};

constexpr std::array table_columns = {
    TableColumn{"index", "评价指标", true},          TableColumn{"item", "序号", true},
    TableColumn{"first_level", "一级指标", true},    TableColumn{"second_level", "二级指标", true},
    TableColumn{"third_level", "三级指标", true},    TableColumn{"full_marks", "满分", true},
    TableColumn{"veto", "一票否决", false},          TableColumn{"scoring", "评分标准", false},
    TableColumn{"evidence", "佐证材料", false},      TableColumn{"effort", "工作量", false},
    TableColumn{"effort_note", "工作量说明", false},
};

}  // namespace kuangxun::green
