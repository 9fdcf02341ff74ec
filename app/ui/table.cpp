#include "app/ui/table.h"

#include "app/ui/context_state.h"
#include "app/ui/widgets.h"

namespace kuangxun::ui {

Table::Table(Frame& frame, std::string_view name, std::span<const Column> columns) : frame_(frame), open_(false) {
  const std::string full = frame.state().full_name(name);
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerH |
                                    ImGuiTableFlags_BordersOuter | ImGuiTableFlags_SizingStretchProp |
                                    ImGuiTableFlags_NoSavedSettings;
  open_ = ImGui::BeginTable(full.c_str(), static_cast<int>(columns.size()), flags);
  if (!open_) return;
  for (std::size_t index = 0; index < columns.size(); ++index) {
    const std::string id = "##" + std::to_string(index);
    ImGui::TableSetupColumn(id.c_str(), ImGuiTableColumnFlags_WidthStretch, columns[index].share);
  }
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
  for (const Column& column : columns) {
    ImGui::TableNextColumn();
    text(frame, column.title, Tone::muted);
  }
}

Table::~Table() {
  if (open_) ImGui::EndTable();
}

void Table::next_row() {
  if (open_) ImGui::TableNextRow();
}

void Table::next_cell() {
  if (open_) ImGui::TableNextColumn();
}

bool Table::row_button(std::string_view name, std::string_view words, bool selected) {
  if (!open_) return false;
  ContextState& state = frame_.state();
  ImGui::TableNextColumn();
  std::string full = state.full_name(name);
  const ImVec2 at = ImGui::GetCursorPos();
  ImGui::PushID(full.c_str());
  const bool pressed = ImGui::Selectable("##row", selected, ImGuiSelectableFlags_SpanAllColumns,
                                         ImVec2(0, state.glyphs->metrics(Face::body).line_height_px));
  ImGui::PopID();
  state.record(std::move(full), ControlKind::row, true);
  ImGui::SetCursorPos(at);
  line(frame_, words);
  return pressed;
}

}  // namespace kuangxun::ui
