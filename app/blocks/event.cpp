#include "app/blocks/event.h"

#include <algorithm>

#include "app/blocks/overloaded.h"

// Events name their control instead of pointing at it: between the drawing of a tree and the moment when an event of it
// is done, the tree may have been made anew, and a name that is no longer there, or is not enabled any more, must do
// nothing at all.
namespace kuangxun::blocks {
namespace {

template <class AnyBlock, class AnyBlocks>
AnyBlocks* parts_of(AnyBlock& block) {
  return std::visit(
      [](auto& shape) -> AnyBlocks* {
        if constexpr (requires { shape.tree; }) {
          return shape.tree.get();
        } else if constexpr (requires { shape.blocks; }) {
          return &shape.blocks;
        } else if constexpr (requires { shape.cells; }) {
          return &shape.cells;
        } else {
          return nullptr;
        }
      },
      block.shape);
}

Handler press_of(const Blocks& blocks, const Event& event) {
  if (const auto* button = find<Button>(blocks, event.name)) return button->enabled ? button->press : Handler();
  const auto* row = find<Row>(blocks, event.name);
  return row != nullptr ? row->press : Handler();
}

Handler choose_of(const Blocks& blocks, const Event& event) {
  const auto* choice = find<Choice>(blocks, event.name);
  if (choice == nullptr || !choice->enabled || !choice->choose) return {};
  const auto option = std::ranges::find(choice->options, event.text, &Option::key);
  if (option == choice->options.end()) return {};
  return [choose = choice->choose, text = option->text] { return choose(text); };
}

Handler entry_action_of(const Blocks& blocks, const Event& event) {
  const auto* entry = find<Entry>(blocks, event.name);
  if (entry == nullptr || !entry->enabled) return {};
  if (event.what == Event::What::leave) return entry->leave;
  if (!entry->write) return {};
  return [write = entry->write, text = event.text] { return write(text); };
}

Entry* find_entry(Blocks& blocks, std::string_view name) {
  for (Block& block : blocks) {
    if (auto* entry = std::get_if<Entry>(&block.shape); entry != nullptr && entry->name == name) return entry;
    Blocks* children = children_of(block);
    Entry* within = children != nullptr ? find_entry(*children, name) : nullptr;
    if (within != nullptr) return within;
  }
  return nullptr;
}

std::string own_words(const Block& block) {
  return std::visit(Overloaded{
                        [](const Text& text) { return text.words; },
                        [](const Heading& heading) { return heading.words; },
                        [](const Notice& notice) { return notice.words; },
                        [](const Badge& badge) { return badge.word; },
                        [](const Fact& fact) { return fact.label + " | " + fact.value + " | " + fact.note; },
                        [](const Divider&) { return std::string(); },
                        [](const Entry& entry) { return entry.label + " | " + entry.text + " | " + entry.problem; },
                        [](const Choice& choice) {
                          return choice.label + " | " +
                                 (choice.chosen ? choice.options[*choice.chosen].label : std::string());
                        },
                        [](const Row& row) { return row.title + " | " + row.detail + " | " + row.badge.word; },
                        [](const Section& section) { return section.title; },
                        [](const auto& other) {
                          if constexpr (requires { other.label; }) {
                            return other.label;
                          } else {
                            return std::string();
                          }
                        },
                    },
                    block.shape);
}

}  // namespace

const Blocks* children_of(const Block& block) {
  return parts_of<const Block, const Blocks>(block);
}

Blocks* children_of(Block& block) {
  return parts_of<Block, Blocks>(block);
}

Handler action_of(const Blocks& blocks, const Event& event) {
  switch (event.what) {
    case Event::What::press:
      return press_of(blocks, event);
    case Event::What::choose:
      return choose_of(blocks, event);
    case Event::What::turn: {
      const auto* check = find<Check>(blocks, event.name);
      if (check == nullptr || !check->turn) return {};
      return [turn = check->turn, is_on = event.text == "yes"] { return turn(is_on); };
    }
    case Event::What::write:
    case Event::What::leave:
      break;
  }
  return entry_action_of(blocks, event);
}

bool keep_written(Blocks& blocks, const Event& event) {
  if (event.what != Event::What::write) return false;
  Entry* entry = find_entry(blocks, event.name);
  if (entry == nullptr) return false;
  entry->text = event.text;
  if (!entry->problem_after) return false;
  entry->problem = entry->problem_after();
  return true;
}

std::string words_of(const Blocks& blocks) {
  std::string words;
  walk(blocks, [&](const Block& block) {
    const std::string own = own_words(block);
    if (!own.empty()) words += own + "\n";
  });
  return words;
}

}  // namespace kuangxun::blocks
