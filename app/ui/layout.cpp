#include "app/ui/layout.h"

#include <imgui_internal.h>

#include "app/ui/context_state.h"
#include "app/ui/widgets.h"

namespace kuangxun::ui {

void same_line(Frame&) {
  ImGui::SameLine();
}

void right_aligned(Frame&, float width_px) {
  ImGui::SameLine();
  const float room = ImGui::GetContentRegionAvail().x;
  if (room > width_px) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - width_px);
}

float spacing_px(Frame&) {
  return ImGui::GetStyle().ItemSpacing.x;
}

void space(Frame& frame, float height_px) {
  ImGui::Dummy(ImVec2(1, height_px * frame.scale()));
}
void separator(Frame&) {
  ImGui::Separator();
}
float available_width_px(Frame&) {
  return ImGui::GetContentRegionAvail().x;
}
float available_height_px(Frame&) {
  return ImGui::GetContentRegionAvail().y;
}

Area::Area(Frame& frame, std::string_view name, const AreaOptions& options) {
  const std::string full = frame.state().full_name(name);
  ImGui::BeginChild(full.c_str(), ImVec2(options.width_px, options.height_px), options.framed);
}

Area::~Area() {
  ImGui::EndChild();
}

Columns::Columns(Frame& frame, std::string_view name, int count) : open_(false) {
  const std::string full = frame.state().full_name(name);
  open_ = ImGui::BeginTable(full.c_str(), count, ImGuiTableFlags_SizingStretchSame | ImGuiTableFlags_NoSavedSettings);
  if (open_) ImGui::TableNextRow();
}

Columns::~Columns() {
  if (open_) ImGui::EndTable();
}

void Columns::next() {
  if (open_) ImGui::TableNextColumn();
}

Dialog::Dialog(Frame& frame, std::string_view name, std::string_view title, float width_px) : open_(false) {
  ContextState& state = frame.state();
  const std::string id = "##" + state.full_name(name);
  state.dialog_drawn = true;
  if (!ImGui::IsPopupOpen(id.c_str())) {
    ImGui::OpenPopup(id.c_str());
    state.another_frame = true;
  }
  // ImGui darkens what lies behind over a sixth of a second and needs frames to do it.
  constexpr int smooth_ms = 16;
  if (ImGui::GetCurrentContext()->DimBgRatio < 1) frame.wake_after_ms(smooth_ms);
  const ImVec2 middle(state.display.width_px / 2, state.display.height_px / 2);
  ImGui::SetNextWindowPos(middle, ImGuiCond_Always, ImVec2(0.5F, 0.5F));
  ImGui::SetNextWindowSize(ImVec2(width_px * state.scale, 0));
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 8 * state.scale);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(22 * state.scale, 18 * state.scale));
  open_ = ImGui::BeginPopupModal(id.c_str(), nullptr, flags);
  ImGui::PopStyleVar(3);
  heading(frame, title);
  separator(frame);
}

Dialog::~Dialog() {
  if (open_) ImGui::EndPopup();
}

}  // namespace kuangxun::ui
