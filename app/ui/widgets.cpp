#include "app/ui/widgets.h"

#include <imgui_internal.h>

#include <algorithm>

#include "app/ui/context_state.h"
#include "app/ui/line_break.h"

namespace kuangxun::ui {
namespace {

std::uint32_t text_colour(Tone tone) {
  switch (tone) {
    case Tone::good:
      return colours_of(Tone::good).border;
    case Tone::bad:
      return colours_of(Tone::bad).border;
    case Tone::unsure:
      return colours_of(Tone::unsure).text;
    case Tone::muted:
      return ImGui::GetColorU32(ImGuiCol_TextDisabled);
    case Tone::accent:
      return colours_of(Tone::accent).fill;
    case Tone::plain:
      break;
  }
  return ImGui::GetColorU32(ImGuiCol_Text);
}

std::function<float(char32_t)> advance_of(ContextState& state, Face face) {
  const ImFont* font = state.glyphs->font(face);
  return [font](char32_t character) { return font->GetCharAdvance(static_cast<ImWchar>(character)); };
}

// Draws lines at a place and returns the size they take.
ImVec2 draw_lines(ContextState& state, const ImVec2& at, float width, std::uint32_t colour, std::string_view words) {
  std::string storage;
  const std::string_view on_screen = state.show(Face::body, words, storage);
  const Rectangle everywhere{-1e6F, -1e6F, 2e6F, 2e6F};
  const float line_height = state.glyphs->metrics(Face::body).line_height_px;
  float top = at.y;
  float widest = 0;
  for (const std::string_view one : break_lines(on_screen, width, advance_of(state, Face::body))) {
    if (!one.empty()) draw_text(state, Face::body, ImVec2(at.x, top), colour, one, everywhere);
    widest = std::max(widest, text_size(state, Face::body, one).x);
    top += line_height;
  }
  return {widest, top - at.y};
}

// One line cut to `width`.
void draw_line(ContextState& state, Face face, const ImVec2& at, float width, std::uint32_t colour,
               std::string_view words) {
  std::string storage;
  const std::string_view on_screen = state.show(face, words, storage);
  const std::string cut = elide(on_screen, width, advance_of(state, face));
  if (cut.size() != on_screen.size() || cut != on_screen) state.glyphs->need(face, "…", state.screen_text);
  draw_text(state, face, at, colour, cut, {at.x, at.y - 100, width, 1000});
}

float words_width(ContextState& state, std::string_view words) {
  std::string storage;
  return text_size(state, Face::body, state.screen_text.to_screen(words, storage)).x;
}

float line_height(ContextState& state) {
  return state.glyphs->metrics(Face::body).line_height_px;
}

ImVec2 draw_badge(ContextState& state, const ImVec2& at, Tone tone, std::string_view word) {
  const float pad = 8 * state.scale;
  const ImVec2 size(words_width(state, word) + 2 * pad, line_height(state) + 2 * state.scale);
  const ToneColours colours = colours_of(tone);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 to(at.x + size.x, at.y + size.y);
  list->AddRectFilled(at, to, colours.fill, 4 * state.scale);
  list->AddRect(at, to, colours.border, 4 * state.scale, 0, state.scale);
  draw_line(state, Face::body, ImVec2(at.x + pad, at.y + state.scale), size.x, colours.text, word);
  return size;
}

// The face of a button with its words in the middle. True when pressed.
bool button_face(ContextState& state, const std::string& full_name, std::string_view label, const ImVec2& size,
                 Tone tone, bool enabled) {
  const bool coloured = tone != Tone::plain && enabled;
  const ToneColours colours = colours_of(tone);
  if (coloured) {
    const ImVec4 fill = ImGui::ColorConvertU32ToFloat4(colours.fill);
    const auto shaded = [&](float by) { return ImVec4(fill.x * by, fill.y * by, fill.z * by, 1); };
    ImGui::PushStyleColor(ImGuiCol_Button, fill);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, shaded(tone == Tone::accent ? 1.18F : 0.96F));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, shaded(0.88F));
    ImGui::PushStyleColor(ImGuiCol_Border, colours.border);
  }
  ImGui::PushID(full_name.c_str());
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::Button("##face", size);
  ImGui::EndDisabled();
  ImGui::PopID();
  if (coloured) ImGui::PopStyleColor(4);
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 area = ImGui::GetItemRectSize();
  const float width = words_width(state, label);
  const float room = area.x - 8 * state.scale;
  const ImVec2 at(from.x + std::max((area.x - width) / 2, 4 * state.scale), from.y + (area.y - line_height(state)) / 2);
  const std::uint32_t colour = !enabled   ? colours_of(Tone::muted).border
                               : coloured ? colours.text
                                          : ImGui::GetColorU32(ImGuiCol_Text);
  draw_line(state, Face::body, ImVec2(std::round(at.x), std::round(at.y)),
            std::max(room, width < room ? width + 1 : room), colour, label);
  return pressed && enabled;
}

float button_width(ContextState& state, std::string_view label) {
  return words_width(state, label) + 2 * ImGui::GetStyle().FramePadding.x + 4 * state.scale;
}

void show_hint(ContextState& state, std::string_view hint) {
  if (hint.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  ImGui::BeginTooltip();
  const ImVec2 size = draw_lines(state, ImGui::GetCursorScreenPos(), 420 * state.scale, text_colour(Tone::plain), hint);
  ImGui::Dummy(size);
  ImGui::EndTooltip();
}

}  // namespace

void text(Frame& frame, std::string_view words, Tone tone) {
  ContextState& state = frame.state();
  const float width = std::max(ImGui::GetContentRegionAvail().x, 4 * line_height(state));
  ImGui::Dummy(draw_lines(state, ImGui::GetCursorScreenPos(), width, text_colour(tone), words));
}

void line(Frame& frame, std::string_view words, Tone tone) {
  ContextState& state = frame.state();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_line(state, Face::body, ImGui::GetCursorScreenPos(), width, text_colour(tone), words);
  ImGui::Dummy(ImVec2(std::min(width, words_width(state, words)), line_height(state)));
}

void line_beside_buttons(Frame& frame, std::string_view words, Tone tone, float room_px) {
  ContextState& state = frame.state();
  const float width = std::max(ImGui::GetContentRegionAvail().x - room_px, 0.0F);
  const float height = ImGui::GetFrameHeight();
  ImVec2 at = ImGui::GetCursorScreenPos();
  at.y = std::round(at.y + (height - line_height(state)) / 2);
  draw_line(state, Face::body, at, width, text_colour(tone), words);
  ImGui::Dummy(ImVec2(std::min(width, words_width(state, words)), height));
}

void heading(Frame& frame, std::string_view words) {
  ContextState& state = frame.state();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_line(state, Face::heading, ImGui::GetCursorScreenPos(), width, text_colour(Tone::plain), words);
  std::string storage;
  const float used = text_size(state, Face::heading, state.screen_text.to_screen(words, storage)).x;
  ImGui::Dummy(ImVec2(std::min(width, used), state.glyphs->metrics(Face::heading).line_height_px));
}

void field(Frame& frame, std::string_view label, std::string_view value, std::string_view note, Tone tone,
           Tone note_tone) {
  ContextState& state = frame.state();
  const float room = ImGui::GetContentRegionAvail().x;
  const float label_width = std::min(190 * state.scale, room * 0.4F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float gap = 10 * state.scale;
  const ImVec2 left = draw_lines(state, at, label_width, text_colour(Tone::muted), label);
  const float value_width = std::max(room - label_width - gap, 4 * line_height(state));
  ImVec2 right = draw_lines(state, ImVec2(at.x + label_width + gap, at.y), value_width, text_colour(tone), value);
  if (!note.empty())
    right.y +=
        draw_lines(state, ImVec2(at.x + label_width + gap, at.y + right.y), value_width, text_colour(note_tone), note)
            .y;
  ImGui::Dummy(ImVec2(room, std::max(left.y, right.y)));
}

void badge(Frame& frame, Tone tone, std::string_view word) {
  ImGui::Dummy(draw_badge(frame.state(), ImGui::GetCursorScreenPos(), tone, word));
}

void banner(Frame& frame, Tone tone, std::string_view words, float room_right_px) {
  ContextState& state = frame.state();
  const ToneColours colours = colours_of(tone);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - room_right_px;
  const float pad = 10 * state.scale;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const ImVec2 size = draw_lines(state, ImVec2(from.x + pad, from.y + pad), width - 2 * pad, colours.text, words);
  list->ChannelsSetCurrent(0);
  const ImVec2 to(from.x + width, from.y + size.y + 2 * pad);
  list->AddRectFilled(from, to, colours.fill, 5 * state.scale);
  list->AddRect(from, to, colours.border, 5 * state.scale, 0, state.scale);
  list->ChannelsMerge();
  ImGui::Dummy(ImVec2(width, to.y - from.y));
}

bool button(Frame& frame, std::string_view name, std::string_view label, const ButtonOptions& options) {
  ContextState& state = frame.state();
  std::string full = state.full_name(name);
  const float width = options.width_px > 0 ? options.width_px : button_width(state, label);
  const bool pressed = button_face(state, full, label, ImVec2(width, 0), options.tone, options.enabled);
  state.record(std::move(full), ControlKind::button, options.enabled);
  show_hint(state, options.hint);
  return pressed;
}

float button_width_px(Frame& frame, std::string_view label) {
  return button_width(frame.state(), label);
}

bool checkbox(Frame& frame, std::string_view name, std::string_view label, bool& value, bool enabled) {
  ContextState& state = frame.state();
  std::string full = state.full_name(name);
  ImGui::PushID(full.c_str());
  ImGui::BeginDisabled(!enabled);
  ImGui::BeginGroup();
  bool switched = ImGui::Checkbox("##box", &value);
  const bool focused = ImGui::IsItemFocused();
  const ImGuiID id = ImGui::GetItemID();
  // No gap between the box and its words: a finger that comes down there switches it too.
  ImGui::SameLine(0, 0);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  const ImVec2 at(corner.x + gap, corner.y + ImGui::GetStyle().FramePadding.y);
  const float room = std::max(ImGui::GetContentRegionAvail().x - gap, line_height(state));
  const ImVec2 size = draw_lines(state, at, room, text_colour(enabled ? Tone::plain : Tone::muted), label);
  // The words belong to the box: they switch it too.
  const float words_height = std::max(height, size.y + ImGui::GetStyle().FramePadding.y);
  if (ImGui::InvisibleButton("##words", ImVec2(gap + size.x, words_height))) {
    value = !value;
    switched = true;
  }
  ImGui::EndGroup();
  ImGui::EndDisabled();
  ImGui::PopID();
  state.record_at(std::move(full), ControlKind::checkbox, enabled,
                  to_rectangle(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()), focused, id);
  return switched;
}

std::optional<std::size_t> choose(Frame& frame, std::string_view name, std::span<const Choice> choices,
                                  std::optional<std::size_t> chosen, bool enabled) {
  ContextState& state = frame.state();
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  std::optional<std::size_t> pressed;
  for (std::size_t index = 0; index < choices.size(); ++index) {
    const Choice& choice = choices[index];
    std::string full = state.full_name(name) + "." + choice.key;
    const float width = std::max(button_width(state, choice.label), 64 * state.scale);
    const float gap = 6 * state.scale;
    if (index > 0 && ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0, gap);
    const Tone tone = chosen == index ? choice.tone : Tone::plain;
    if (button_face(state, full, choice.label, ImVec2(width, 0), tone, enabled)) pressed = index;
    state.record(std::move(full), ControlKind::choice, enabled);
  }
  return pressed;
}

std::optional<std::size_t> combo(Frame& frame, std::string_view name, std::span<const Choice> choices,
                                 std::optional<std::size_t> chosen, float width_px, std::string_view hint) {
  ContextState& state = frame.state();
  const std::string full = state.full_name(name);
  ImGui::PushID(full.c_str());
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetNextItemWidth(width_px > 0 ? std::min(width_px * state.scale, room) : room);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool open = ImGui::BeginCombo("##combo", "", ImGuiComboFlags_HeightLarge);
  std::optional<std::size_t> pressed;
  if (open) {
    for (std::size_t index = 0; index < choices.size(); ++index) {
      const ImVec2 place = ImGui::GetCursorScreenPos();
      ImGui::PushID(static_cast<int>(index));
      if (ImGui::Selectable("##item", chosen == index, 0, ImVec2(0, line_height(state) + 10 * state.scale)))
        pressed = index;
      ImGui::PopID();
      draw_line(state, Face::body, ImVec2(place.x, place.y + 5 * state.scale), ImGui::GetItemRectSize().x,
                text_colour(Tone::plain), choices[index].label);
      state.record(full + "." + choices[index].key, ControlKind::choice, true);
    }
    ImGui::EndCombo();
  }
  ImGui::PopID();
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  const float width = ImGui::GetItemRectSize().x - ImGui::GetFrameHeight() - padding.x;
  const bool is_chosen = chosen.has_value() && *chosen < choices.size();
  draw_line(state, Face::body, ImVec2(at.x + padding.x, at.y + padding.y), width,
            text_colour(is_chosen ? Tone::plain : Tone::muted),
            is_chosen ? std::string_view(choices[*chosen].label) : hint);
  state.record(full, ControlKind::combo, true);
  return pressed;
}

std::optional<std::size_t> tabs(Frame& frame, std::string_view name, std::span<const Choice> pages,
                                std::size_t current) {
  ContextState& state = frame.state();
  std::optional<std::size_t> pressed;
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  ImGui::PushStyleColor(ImGuiCol_Button, ImVec4(0, 0, 0, 0));
  for (std::size_t index = 0; index < pages.size(); ++index) {
    std::string full = state.full_name(name) + "." + pages[index].key;
    if (index > 0) ImGui::SameLine(0, 2 * state.scale);
    const float width = button_width(state, pages[index].label) + 8 * state.scale;
    if (button_face(state, full, pages[index].label, ImVec2(width, 0), Tone::plain, true)) pressed = index;
    state.record(std::move(full), ControlKind::tab, true);
    if (index != current) continue;
    const ImVec2 foot(ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y - 4 * state.scale);
    ImGui::GetWindowDrawList()->AddRectFilled(foot, ImGui::GetItemRectMax(), colours_of(Tone::accent).fill);
  }
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::Separator();
  return pressed;
}

bool row(Frame& frame, std::string_view name, const RowText& words, bool selected) {
  ContextState& state = frame.state();
  std::string full = state.full_name(name);
  const float pad = 8 * state.scale;
  const float gap = 3 * state.scale;
  const float lines = words.detail.empty() ? 1 : 2;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushID(full.c_str());
  const bool pressed =
      ImGui::Selectable("##row", selected, 0, ImVec2(width, lines * line_height(state) + (lines - 1) * gap + 2 * pad));
  ImGui::PopID();
  state.record(std::move(full), ControlKind::row, true);
  const float foot = ImGui::GetItemRectMax().y;
  ImGui::GetWindowDrawList()->AddLine(ImVec2(from.x, foot), ImVec2(from.x + width, foot),
                                      ImGui::GetColorU32(ImGuiCol_Separator));
  float room = width - 2 * pad;
  if (!words.badge.empty()) {
    const float badge_width = words_width(state, words.badge) + 16 * state.scale;
    draw_badge(state, ImVec2(from.x + width - pad - badge_width, from.y + pad - state.scale), words.badge_tone,
               words.badge);
    room -= badge_width + pad;
  }
  draw_line(state, Face::body, ImVec2(from.x + pad, from.y + pad), room, text_colour(Tone::plain), words.title);
  if (!words.detail.empty())
    draw_line(state, Face::body, ImVec2(from.x + pad, from.y + pad + line_height(state) + gap), width - 2 * pad,
              text_colour(Tone::muted), words.detail);
  return pressed;
}

}  // namespace kuangxun::ui
