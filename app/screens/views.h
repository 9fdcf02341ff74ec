#pragma once

#include "app/pages/context.h"
#include "app/screens/control.h"

// The view-models: plain values, everything already in words. A screen draws them and decides nothing.
namespace kuangxun::screens {

// The trees are good until the next view.
struct DialogView {
  std::string title;
  const blocks::Blocks* page = nullptr;
};

using pages::Message;

struct View {
  std::string open_page;  // the name of the one that is open (Where::window)
  std::vector<Button> pages;
  std::size_t current_page = 0;
  std::string standing;  // what is not at the county yet
  Button person;         // who acts; opens the choice of another
  std::vector<std::string> warnings;
  std::optional<Message> message;
  std::optional<DialogView> dialog;
  // What goes on beside the person, above every page; good until the next view.
  blocks::Blocks running;
  // Its tree; good until the next view.
  const blocks::Blocks* page_blocks = nullptr;
  // Draw again after this time: an age in seconds moves on.
  std::optional<int> wake_after_ms;
};

}  // namespace kuangxun::screens
