#pragma once

#include "app/screens/views.h"
#include "app/ui/draw_blocks.h"
#include "app/ui/layout.h"
#include "app/ui/widgets.h"

// For this folder: the controls of a view-model as widgets. What a person does becomes an intent; nothing is decided.
namespace kuangxun::ui {

struct Pen {
  Frame& frame;
  std::vector<screens::Intent>& intents;
};

// A page that is made of blocks.
void draw_page(Pen& pen, const blocks::Blocks& page);
void draw(Pen& pen, const screens::Button& button);

}  // namespace kuangxun::ui
