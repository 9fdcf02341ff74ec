#include "app/ui/draw_blocks.h"

#include "app/ui/edit.h"
#include "app/ui/layout.h"
#include "app/ui/widgets.h"

// How wide a thing is follows from where it stands and from nothing that a page says in pixels: in a cell it takes the
// cell, alone it is as wide as is good to read.
namespace kuangxun::ui {
namespace {

using What = blocks::Event::What;

constexpr float narrow_entry_px = 560;
constexpr float list_px = 560;
constexpr float list_in_cell_px = 300;
// Of the list beside a page.
constexpr float list_pane_px = 420;
// Panes on a page that itself scrolls: about ten lines.
constexpr float low_pane_px = 340;

class Drawer {
 public:
  explicit Drawer(Frame& frame) : frame_(frame) {}

  void draw_all(const blocks::Blocks& blocks) {
    for (const blocks::Block& block : blocks) draw(block);
  }
  std::vector<blocks::Event> take_events() { return std::move(events_); }

 private:
  void draw(const blocks::Block& block) {
    std::visit([this](const auto& shape) { draw(shape); }, block.shape);
  }

  void draw(const blocks::Text& shown) { text(frame_, shown.words, tone_of(shown.tone)); }
  void draw(const blocks::Heading& shown) { heading(frame_, shown.words); }
  void draw(const blocks::Notice& shown) { banner(frame_, tone_of(shown.tone), shown.words); }
  void draw(const blocks::Badge& shown) {
    if (!shown.word.empty()) badge(frame_, tone_of(shown.tone), shown.word);
  }
  void draw(const blocks::Fact& fact) {
    field(frame_, fact.label, fact.value, fact.note, tone_of(fact.tone), Tone::muted);
  }
  void draw(const blocks::Divider&) { separator(frame_); }

  void draw(const blocks::Button& shown) {
    const ButtonOptions options{.tone = tone_of(shown.tone), .enabled = shown.enabled, .hint = shown.hint};
    if (button(frame_, shown.name, shown.label, options)) events_.push_back({What::press, shown.name});
  }

  void draw(const blocks::Entry& entry) {
    std::string text_now = entry.text;
    const bool is_narrow = !entry.is_wide && !is_in_cell_;
    const EditOptions options{.label = entry.label,
                              .hint = entry.hint,
                              .lines = entry.lines,
                              .width_px = is_narrow ? narrow_entry_px * frame_.scale() : 0,
                              .enabled = entry.enabled,
                              .is_secret = entry.is_secret};
    const EditResult result = text_input(frame_, entry.name, text_now, options);
    if (result.changed) events_.push_back({What::write, entry.name, text_now});
    if (result.left) events_.push_back({What::leave, entry.name});
    if (!entry.problem.empty()) text(frame_, entry.problem, Tone::bad);
  }

  void draw(const blocks::Choice& choice) {
    if (choice.options.empty()) return;
    if (!choice.label.empty()) text(frame_, choice.label, Tone::muted);
    const std::optional<std::size_t> pressed = draw_options(choice);
    if (!pressed || pressed == choice.chosen) return;
    events_.push_back({What::choose, choice.name, choice.options[*pressed].key});
  }

  std::optional<std::size_t> draw_options(const blocks::Choice& choice) {
    std::vector<Choice> options;
    for (const blocks::Option& one : choice.options) options.push_back({one.key, one.label, tone_of(one.tone)});
    if (choice.look == blocks::Choice::Look::tabs) {
      return tabs(frame_, choice.name, options, choice.chosen.value_or(0));
    }
    if (choice.look == blocks::Choice::Look::buttons) {
      return choose(frame_, choice.name, options, choice.chosen, choice.enabled);
    }
    if (choice.enabled) {
      return combo(frame_, choice.name, options, choice.chosen, is_in_cell_ ? list_in_cell_px : list_px, "—");
    }
    text(frame_, choice.chosen ? std::string_view(options[*choice.chosen].label) : std::string_view("—"));
    return std::nullopt;
  }

  void draw(const blocks::Check& check) {
    bool value = check.is_on;
    if (checkbox(frame_, check.name, check.label, value)) {
      events_.push_back({What::turn, check.name, value ? "yes" : ""});
    }
  }

  void draw(const blocks::Row& shown) {
    const RowText words{shown.title, shown.detail, shown.badge.word, tone_of(shown.badge.tone)};
    if (row(frame_, shown.name, words, shown.is_selected)) events_.push_back({What::press, shown.name});
  }

  void draw(const blocks::Section& section) {
    space(frame_, 6);
    heading(frame_, section.title);
    draw_all(section.blocks);
  }

  // What stands behind a gap, and the space between.
  float end_width_px(const blocks::Blocks& line, std::size_t from) {
    float width_px = 0;
    for (std::size_t at = from; at < line.size(); ++at) {
      const auto* shown = std::get_if<blocks::Button>(&line[at].shape);
      if (shown == nullptr) continue;
      if (width_px > 0) width_px += spacing_px(frame_);
      width_px += button_width_px(frame_, shown->label);
    }
    return width_px;
  }

  // The last thing before a gap has what room the end of the line leaves to it.
  void draw_before_gap(const blocks::Block& block, float end_px) {
    const auto* words = std::get_if<blocks::Text>(&block.shape);
    const auto* notice = std::get_if<blocks::Notice>(&block.shape);
    if (words != nullptr) {
      line_beside_buttons(frame_, words->words, tone_of(words->tone), end_px + 2 * spacing_px(frame_));
    } else if (notice != nullptr) {
      banner(frame_, tone_of(notice->tone), notice->words, end_px + spacing_px(frame_));
    } else {
      draw(block);
    }
  }

  void draw(const blocks::Line& line) {
    bool is_first = true;
    for (std::size_t at = 0; at < line.blocks.size(); ++at) {
      const blocks::Block& block = line.blocks[at];
      const auto* shown = std::get_if<blocks::Badge>(&block.shape);
      if (shown != nullptr && shown->word.empty()) continue;
      if (std::holds_alternative<blocks::Gap>(block.shape)) {
        right_aligned(frame_, end_width_px(line.blocks, at + 1));
        is_first = true;
        continue;
      }
      if (!is_first) same_line(frame_);
      is_first = false;
      const bool is_before_gap =
          at + 1 < line.blocks.size() && std::holds_alternative<blocks::Gap>(line.blocks[at + 1].shape);
      if (is_before_gap) {
        draw_before_gap(block, end_width_px(line.blocks, at + 2));
      } else {
        draw(block);
      }
    }
  }

  void draw(const blocks::Gap&) {}

  void draw(const blocks::Pane& pane) { draw_pane(pane, {.framed = pane.has_frame}); }

  void draw_pane(const blocks::Pane& pane, const AreaOptions& options) {
    const Area area(frame_, pane.name, options);
    const bool was_in_cell = std::exchange(is_in_cell_, false);
    draw_all(pane.blocks);
    is_in_cell_ = was_in_cell;
  }

  void draw(const blocks::Panes& panes) {
    const bool are_equal = panes.look == blocks::Panes::Look::equal_parts;
    const auto count = static_cast<float>(panes.cells.size());
    const float equal_px = (available_width_px(frame_) - (count - 1) * spacing_px(frame_)) / count;
    for (std::size_t at = 0; at < panes.cells.size(); ++at) {
      const auto* pane = std::get_if<blocks::Pane>(&panes.cells[at].shape);
      if (pane == nullptr) continue;
      if (at > 0) same_line(frame_);
      AreaOptions options{.framed = pane->has_frame};
      // The last takes what is left.
      if (at + 1 < panes.cells.size()) options.width_px = are_equal ? equal_px : list_pane_px * frame_.scale();
      if (are_equal) options.height_px = low_pane_px * frame_.scale();
      draw_pane(*pane, options);
    }
  }

  void draw(const blocks::Inset& inset) {
    if (inset.tree != nullptr) draw_all(*inset.tree);
  }

  void draw(const blocks::Columns& shown) {
    if (shown.cells.empty()) return;
    Columns columns(frame_, shown.name, shown.count);
    const bool was_in_cell = std::exchange(is_in_cell_, true);
    for (const blocks::Block& cell : shown.cells) {
      columns.next();
      draw(cell);
    }
    is_in_cell_ = was_in_cell;
  }

  void draw(const blocks::Stack& stack) { draw_all(stack.blocks); }

  Frame& frame_;
  std::vector<blocks::Event> events_;
  bool is_in_cell_ = false;
};

}  // namespace

Tone tone_of(blocks::Tone tone) {
  switch (tone) {
    case blocks::Tone::good:
      return Tone::good;
    case blocks::Tone::bad:
      return Tone::bad;
    case blocks::Tone::unsure:
      return Tone::unsure;
    case blocks::Tone::muted:
      return Tone::muted;
    case blocks::Tone::accent:
      return Tone::accent;
    case blocks::Tone::plain:
      break;
  }
  return Tone::plain;
}

std::vector<blocks::Event> draw_blocks(Frame& frame, const blocks::Blocks& page) {
  Drawer drawer(frame);
  drawer.draw_all(page);
  return drawer.take_events();
}

}  // namespace kuangxun::ui
