#include "app/typeset/document.h"

namespace kuangxun::typeset {

void Document::add_title(std::string text) {
  TextStyle style{.size_pt = 18, .bold = true, .align = Align::center};
  add(Paragraph{.text = std::move(text), .style = style, .after_pt = 8, .keep_with_next = true});
}

void Document::add_heading(std::string text) {
  TextStyle style{.size_pt = 11, .bold = true, .family = Family::sans};
  add(Paragraph{.text = std::move(text), .style = style, .before_pt = 10, .keep_with_next = true});
}

void Document::add_paragraph(std::string text) {
  add(Paragraph{.text = std::move(text)});
}

void Document::add_note(std::string text, bool keep_with_next) {
  TextStyle style{.size_pt = 8.5, .family = Family::sans, .color = {0.35, 0.35, 0.35}};
  add(Paragraph{.text = std::move(text), .style = style, .keep_with_next = keep_with_next});
}

void Grid::add(std::string name, std::string value) {
  pairs_.push_back({std::move(name), std::move(value), false});
}

void Grid::add_wide(std::string name, std::string value) {
  pairs_.push_back({std::move(name), std::move(value), true});
}

Table Grid::table() const {
  Table table{.columns = {{"", 15}, {"", 35}, {"", 15}, {"", 35}}, .rows = {}, .size_pt = 9.5};
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const Pair& left = pairs_[i];
    Row row{.cells = {Cell{.text = left.name, .label = true}}};
    const bool pair_follows = i + 1 < pairs_.size() && !pairs_[i + 1].wide;
    if (left.wide || !pair_follows) {
      row.cells.push_back(Cell{.text = left.value, .span = 3});
    } else {
      const Pair& right = pairs_[++i];
      row.cells.push_back(Cell{.text = left.value});
      row.cells.push_back(Cell{.text = right.name, .label = true});
      row.cells.push_back(Cell{.text = right.value});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace kuangxun::typeset
