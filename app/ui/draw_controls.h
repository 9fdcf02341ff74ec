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
void draw(Pen& pen, const screens::TextEntry& entry);
void draw(Pen& pen, const screens::ChoiceEntry& entry);
void draw(Pen& pen, const screens::SlotText& entry, float width_px = 0);
void draw(Pen& pen, const screens::SlotChoice& choice);
void draw(Pen& pen, const screens::Fact& fact);
void draw(Pen& pen, const screens::Badge& badge);
// The choice as a list that opens.
void draw_list(Pen& pen, const screens::ChoiceEntry& entry, float width_px);
void draw_list(Pen& pen, const screens::SlotChoice& choice, float width_px);
void draw_tabs(Pen& pen, const screens::SlotChoice& choice);
// Beside each other, in as many columns as there are; `wanted` at least, so that lines of several things line up.
void draw_entries(Pen& pen, std::string_view name, const std::vector<screens::TextEntry>& entries, int wanted = 1);
void draw_buttons(Pen& pen, const std::vector<screens::Button>& buttons);
void draw_badges(Pen& pen, const std::vector<screens::Badge>& badges);
void draw_facts(Pen& pen, const std::vector<screens::Fact>& facts);
// A title above a part of a page.
void draw_section(Pen& pen, std::string_view title);

}  // namespace kuangxun::ui
