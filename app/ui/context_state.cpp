#include "app/ui/context_state.h"

#include <imgui_internal.h>

#include <cassert>

namespace kuangxun::ui {

Rectangle to_rectangle(const ImVec2& from, const ImVec2& to) {
  return {from.x, from.y, to.x - from.x, to.y - from.y};
}

std::string_view ContextState::show(Face face, std::string_view text, std::string& storage) {
  const std::string_view on_screen = screen_text.to_screen(text, storage);
  glyphs->need(face, on_screen, screen_text);
  texts.emplace_back(text);
  return on_screen;
}

namespace {

void take_keyboard(ContextState& state, ImGuiID id, ControlKind kind) {
  ImGuiContext& imgui = *ImGui::GetCurrentContext();
  ImGui::SetFocusID(id, ImGui::GetCurrentWindow());
  imgui.NavDisableHighlight = false;
  if (kind == ControlKind::text) {
    imgui.NavNextActivateId = id;
    imgui.NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
  }
  state.focus_next.clear();
  state.another_frame = true;
}

}  // namespace

void ContextState::record(std::string full, ControlKind kind, bool enabled) {
  record_at(std::move(full), kind, enabled, to_rectangle(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()),
            ImGui::IsItemFocused() || ImGui::IsItemActive(), ImGui::GetItemID());
}

void ContextState::record_at(std::string full, ControlKind kind, bool enabled, const Rectangle& area, bool focused,
                             ImGuiID id) {
  const ImDrawList* list = ImGui::GetWindowDrawList();
  const Rectangle clip = to_rectangle(list->GetClipRectMin(), list->GetClipRectMax());
  const auto [place, is_new] = control_index.emplace(full, controls.size());
  assert(is_new && "two controls of one frame have the same name");
  if (!is_new) return;
  if (full == scroll_to) ImGui::SetScrollHereY(0.5F);
  Rectangle visible = area.overlap(clip);
  // Behind an open dialog nothing can be pressed.
  ImGuiWindow* dialog = ImGui::GetTopMostPopupModal();
  const bool behind = dialog != nullptr && !ImGui::IsWindowWithinBeginStackOf(ImGui::GetCurrentWindow(), dialog);
  if (visible.empty() || behind) visible = {};
  if (ImGui::IsAnyItemActive() || !ImGui::GetCurrentContext()->NavDisableHighlight) keyboard_taken = true;
  if (full == focus_next) take_keyboard(*this, id, kind);
  controls.push_back({std::move(full), kind, area, visible, enabled && !behind, focused});
}

void draw_text(ContextState& state, Face face, const ImVec2& at, std::uint32_t colour, std::string_view screen_text,
               const Rectangle& clip) {
  const ImVec4 limits(clip.left, clip.top, clip.left + clip.width, clip.top + clip.height);
  ImGui::GetWindowDrawList()->AddText(state.glyphs->font(face), state.glyphs->metrics(face).line_height_px, at, colour,
                                      screen_text.data(), screen_text.data() + screen_text.size(), 0, &limits);
}

ImVec2 text_size(ContextState& state, Face face, std::string_view screen_text) {
  const float height = state.glyphs->metrics(face).line_height_px;
  return state.glyphs->font(face)->CalcTextSizeA(height, FLT_MAX, 0, screen_text.data(),
                                                 screen_text.data() + screen_text.size());
}

}  // namespace kuangxun::ui
