#pragma once

#include <string_view>

#include "app/blocks/block.h"

namespace kuangxun::blocks {

// What a person did to a control of a tree, by its name, so that whoever draws it needs nothing else: a window, a
// script, a form that comes back.
struct Event {
  enum class What : std::uint8_t { press, write, leave, choose, turn };
  What what = What::press;
  std::string name;       // of the control; of a choice without the option's key
  std::string text = {};  // written; the chosen option's key; "yes" or "" of a check
};

// The parts directly inside a block; nullptr where it has none.
const Blocks* children_of(const Block& block);
Blocks* children_of(Block& block);

// Calls `see` with each block of the tree, from the top down.
template <class See>
void walk(const Blocks& blocks, const See& see) {
  for (const Block& block : blocks) {
    see(block);
    if (const Blocks* children = children_of(block)) walk(*children, see);
  }
}

// The control of that kind and name; nullptr where there is none.
template <class Control>
const Control* find(const Blocks& blocks, std::string_view name) {
  const Control* found = nullptr;
  walk(blocks, [&](const Block& block) {
    const auto* control = std::get_if<Control>(&block.shape);
    if (control != nullptr && control->name == name) found = control;
  });
  return found;
}

// What is to be done, to be called once or again; empty when the tree has no such control, or it is not enabled, or the
// event is none of its: what a person did to a tree that is gone does nothing.
Handler action_of(const Blocks& blocks, const Event& event);

// Puts what was written into the tree itself, where nothing else depends on it. False: the tree must be made again.
bool keep_written(Blocks& blocks, const Event& event);

// All words of a tree, a line each, for tests and for searching.
std::string words_of(const Blocks& blocks);

}  // namespace kuangxun::blocks
