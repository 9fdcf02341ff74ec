#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/blocks/event.h"
#include "app/pages/context.h"

// What the window shows, without a window: blocks, and where each stands. app/ui draws it and answers with events; the
// workbench does them.
namespace kuangxun::screens {

// The trees are good until the next view.
struct DialogView {
  std::string title;
  const blocks::Blocks* page = nullptr;
};

using pages::Message;

struct View {
  std::string open_page;   // the name of the one that is open (Where::window)
  blocks::Choice pages;    // those of the head; none is chosen while another page is open
  std::string standing;    // what is not at the county yet
  blocks::Button person;   // who acts; opens the choice of another
  blocks::Button dismiss;  // puts the message away
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
