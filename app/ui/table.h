#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/frame.h"

namespace kuangxun::ui {

struct Column {
  std::string title;
  float share = 1;  // of the width, against the other columns' shares
};

// A table with a heading row; the text of a cell breaks into lines.
//   Table table(frame, "points", columns);
//   for (...) { table.next_row(); table.next_cell(); text(frame, ...); table.next_cell(); ... }
class Table {
 public:
  Table(Frame& frame, std::string_view name, std::span<const Column> columns);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  // Rows that are scrolled out of sight still must be drawn: tables here have at most some hundred rows.
  void next_row();
  void next_cell();
  // Instead of the first cell of a row: its words, and the whole row can be pressed.
  bool row_button(std::string_view name, std::string_view words, bool selected = false);

 private:
  Frame& frame_;
  bool open_;
};

}  // namespace kuangxun::ui
