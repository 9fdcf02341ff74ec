#include "app/ui/theme.h"

#include <imgui.h>

namespace kuangxun::ui {
namespace {

constexpr std::uint32_t rgb(std::uint32_t hex) {
  return 0xFF000000U | ((hex & 0xFFU) << 16) | (hex & 0xFF00U) | ((hex >> 16) & 0xFFU);
}
ImVec4 colour(std::uint32_t hex) {
  return ImGui::ColorConvertU32ToFloat4(rgb(hex));
}

void apply_colours(ImGuiStyle& style) {
  const auto set = [&](ImGuiCol index, std::uint32_t hex) { style.Colors[index] = colour(hex); };
  set(ImGuiCol_Text, 0x101418);
  set(ImGuiCol_TextDisabled, 0x4A5560);
  set(ImGuiCol_WindowBg, 0xF4F6F8);
  set(ImGuiCol_ChildBg, 0xFFFFFF);
  set(ImGuiCol_PopupBg, 0xFFFFFF);
  set(ImGuiCol_Border, 0xA9B4BF);
  set(ImGuiCol_FrameBg, 0xFFFFFF);
  set(ImGuiCol_FrameBgHovered, 0xEAF1FB);
  set(ImGuiCol_FrameBgActive, 0xDCE8F8);
  set(ImGuiCol_Button, 0xFFFFFF);
  set(ImGuiCol_ButtonHovered, 0xE3ECF8);
  set(ImGuiCol_ButtonActive, 0xC9DCF4);
  set(ImGuiCol_CheckMark, 0x0B4DA2);
  set(ImGuiCol_Header, 0xD6E6FA);
  set(ImGuiCol_HeaderHovered, 0xE8F0FA);
  set(ImGuiCol_HeaderActive, 0xC9DCF4);
  set(ImGuiCol_ScrollbarBg, 0xEEF1F4);
  set(ImGuiCol_ScrollbarGrab, 0x9AA7B4);
  set(ImGuiCol_ScrollbarGrabHovered, 0x7D8B99);
  set(ImGuiCol_ScrollbarGrabActive, 0x5D6B79);
  set(ImGuiCol_Separator, 0xC9D1D9);
  set(ImGuiCol_TableHeaderBg, 0xE7ECF1);
  set(ImGuiCol_TableBorderStrong, 0xA9B4BF);
  set(ImGuiCol_TableBorderLight, 0xD3DAE1);
  set(ImGuiCol_TableRowBg, 0xFFFFFF);
  set(ImGuiCol_TableRowBgAlt, 0xF7F9FB);
  set(ImGuiCol_TextSelectedBg, 0xA9CBF5);
  set(ImGuiCol_NavHighlight, 0xC25A00);
  set(ImGuiCol_ModalWindowDimBg, 0x20262C);
  style.Colors[ImGuiCol_ModalWindowDimBg].w = 0.45F;
}

}  // namespace

ToneColours colours_of(Tone tone) {
  switch (tone) {
    case Tone::good:
      return {rgb(0xDDF3E0), rgb(0x1B7A32), rgb(0x0B4A1B)};
    case Tone::bad:
      return {rgb(0xFBE0DE), rgb(0xB3201A), rgb(0x7A0F0B)};
    case Tone::unsure:
      return {rgb(0xFFF0CC), rgb(0xA86400), rgb(0x5E3700)};
    case Tone::muted:
      return {rgb(0xE9EDF1), rgb(0x7D8B99), rgb(0x36414C)};
    case Tone::accent:
      return {rgb(0x0B4DA2), rgb(0x083A7A), rgb(0xFFFFFF)};
    case Tone::plain:
      break;
  }
  return {rgb(0xFFFFFF), rgb(0x7D8B99), rgb(0x101418)};
}

void apply_theme(float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  apply_colours(style);
  // Big enough for gloves: a control is about 44 pixels high at scale 1.
  style.FramePadding = ImVec2(12, 9);
  style.ItemSpacing = ImVec2(10, 8);
  style.ItemInnerSpacing = ImVec2(8, 6);
  style.CellPadding = ImVec2(10, 6);
  style.WindowPadding = ImVec2(14, 12);
  style.ScrollbarSize = 20;
  style.GrabMinSize = 28;
  style.FrameRounding = 5;
  style.ChildRounding = 6;
  style.PopupRounding = 6;
  style.ScrollbarRounding = 8;
  style.FrameBorderSize = 1;
  style.ChildBorderSize = 1;
  style.WindowBorderSize = 0;
  style.AntiAliasedLinesUseTex = false;
  style.ScaleAllSizes(scale);
}

}  // namespace kuangxun::ui
