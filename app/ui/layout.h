#pragma once

#include <string_view>

#include "app/ui/frame.h"

namespace kuangxun::ui {

void same_line(Frame& frame);
// What follows stands at the right end of this line, taking so many pixels of the window (see button_width_px).
void right_aligned(Frame& frame, float width_px);
float spacing_px(Frame& frame);
void space(Frame& frame, float height_px = 8);
void separator(Frame& frame);
float available_width_px(Frame& frame);
float available_height_px(Frame& frame);

struct AreaOptions {
  float width_px = 0;  // 0: the rest; negative: the rest less this
  float height_px = 0;
  bool framed = true;
};

// A part of the window that scrolls on its own.
class Area {
 public:
  Area(Frame& frame, std::string_view name, const AreaOptions& options = {});
  ~Area();
  Area(const Area&) = delete;
  Area& operator=(const Area&) = delete;
};

// Equal columns beside each other, without lines: for the fields of one thing.
//   Columns columns(frame, "officer.0", 3);
//   columns.next(); text_input(...); columns.next(); text_input(...); ...
class Columns {
 public:
  Columns(Frame& frame, std::string_view name, int count);
  ~Columns();
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  void next();

 private:
  bool open_;
};

// A dialog over everything else: drawn as long as the screen's model says it is open; what lies behind cannot be
// pressed. Its buttons and Escape are for the caller to draw and hear.
class Dialog {
 public:
  Dialog(Frame& frame, std::string_view name, std::string_view title, float width_px = 560);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;

 private:
  bool open_;
};

}  // namespace kuangxun::ui
