#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/blocks/event.h"
#include "db/base/uuid.h"

// What a screen is made of, without a window: words, controls and what pressing them means. A view-model is made of
// these; app/ui draws it and answers with intents; the workbench does them. Names of controls are stable and never
// translated, so that scripts and tests press them.
namespace kuangxun::screens {

// The same as on pages that are made of blocks.
using blocks::Tone;

enum class Command : std::uint8_t {
  open_page,  // detail: its name
  open_place,
  open_visit,
  dismiss_message,
  ask_person,
};

struct Press {
  Command command = Command::dismiss_message;
  Uuid subject = {};
  std::string detail = {};
};
// The last is of a page that is made of blocks.
using Intent = std::variant<Press, blocks::Event>;

struct Button {
  std::string name;
  std::string label;
  Press press;
  Tone tone = Tone::plain;
  bool enabled = true;
  std::string hint = {};
};

}  // namespace kuangxun::screens
