#include "app/ui/edit.h"

#include <imgui_internal.h>

#include "app/ui/context_state.h"
#include "app/ui/widgets.h"
#include "db/base/limits.h"

namespace kuangxun::ui {
namespace {

// ImGui writes into our string and asks here for more room.
int edit_callback(ImGuiInputTextCallbackData* data) {
  auto& buffer = *static_cast<std::string*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    buffer.resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = buffer.data();
    return 0;
  }
  // A character more than the limit is refused where it is typed, not cut off unseen when it is saved.
  constexpr std::size_t longest_character_bytes = 4;
  const ImGuiInputTextState* editing = ImGui::GetInputTextState(ImGui::GetActiveID());
  const auto length = editing != nullptr ? static_cast<std::size_t>(editing->CurLenA) : buffer.size();
  return length + longest_character_bytes > limits::text_bytes_max ? 1 : 0;
}

float field_width(const EditOptions& options) {
  return options.width_px > 0 ? options.width_px : ImGui::GetContentRegionAvail().x;
}

// Inside a field only what it has room for; several lines show none.
bool fits_inside(const EditOptions& options, const std::string& hint) {
  const float room = field_width(options) - 2 * ImGui::GetStyle().FramePadding.x;
  return options.lines == 1 && ImGui::CalcTextSize(hint.c_str()).x <= room;
}

bool draw_input(const EditOptions& options, const std::string& hint, std::string& buffer, bool read_only,
                float line_height) {
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_CallbackCharFilter;
  if (read_only) flags |= ImGuiInputTextFlags_ReadOnly;
  if (options.is_secret) flags |= ImGuiInputTextFlags_Password;
  const float width = field_width(options);
  if (options.lines > 1) {
    const float height = static_cast<float>(options.lines) * line_height + 2 * ImGui::GetStyle().FramePadding.y;
    return ImGui::InputTextMultiline("##edit", buffer.data(), buffer.capacity() + 1, ImVec2(width, height), flags,
                                     edit_callback, &buffer);
  }
  ImGui::SetNextItemWidth(width);
  return ImGui::InputTextWithHint("##edit", hint.c_str(), buffer.data(), buffer.capacity() + 1, flags, edit_callback,
                                  &buffer);
}

// What is being edited was replaced from outside: ImGui would go on with its own copy.
void let_go_if_replaced(ContextState& state, const std::string& full, const std::string& on_screen) {
  if (state.edited_name != full || state.edited_text == on_screen) return;
  if (ImGui::GetActiveID() == ImGui::GetID("##edit")) ImGui::ClearActiveID();
  state.edited_name.clear();
}

// Follows the field from the frame in which it takes the keyboard to the one in which it has lost it.
void note_editing(Frame& frame, const std::string& full, const std::string& buffer, bool active, EditResult& result) {
  ContextState& state = frame.state();
  const bool was_active = state.edited_name == full;
  if (active) {
    state.edited = result.changed || (was_active && state.edited);
    state.edited_name = full;
    state.edited_text = buffer;
    if (!frame.shortcut({.key = Key::escape})) return;
    ImGui::ClearActiveID();
    state.another_frame = true;
  } else if (was_active) {
    result.left = state.edited || result.changed;
    result.confirmed =
        ImGui::IsKeyPressed(static_cast<int>(Key::enter)) || ImGui::IsKeyPressed(static_cast<int>(Key::keypad_enter));
    state.edited_name.clear();
    state.edited = false;
  }
}

}  // namespace

EditResult text_input(Frame& frame, std::string_view name, std::string& text, const EditOptions& options) {
  ContextState& state = frame.state();
  const std::string full = state.full_name(name);
  if (!options.label.empty()) ui::text(frame, options.label, Tone::muted);
  std::string storage;
  // A secret is neither drawn nor among the texts that scripts read; ImGui draws a star for each character.
  std::string buffer(options.is_secret ? std::string_view(text) : state.show(Face::body, text, storage));
  if (options.is_secret) state.show(Face::body, "*", storage);
  std::string hint_storage;
  std::string hint(options.hint.empty() ? std::string_view{} : state.show(Face::body, options.hint, hint_storage));
  if (!hint.empty() && !fits_inside(options, hint)) {
    ui::text(frame, options.hint, Tone::muted);
    hint.clear();
  }
  ImGui::PushID(full.c_str());
  ImGui::BeginDisabled(!options.enabled);
  let_go_if_replaced(state, full, buffer);
  if (options.take_keyboard) ImGui::SetKeyboardFocusHere();
  EditResult result;
  const float line_height = state.glyphs->metrics(Face::body).line_height_px;
  result.changed = draw_input(options, hint, buffer, !state.screen_text.fits(text), line_height);
  const bool active = ImGui::IsItemActive();
  if (result.changed) text = state.screen_text.from_screen(buffer);
  note_editing(frame, full, buffer, active, result);
  ImGui::EndDisabled();
  ImGui::PopID();
  state.record(full, ControlKind::text, options.enabled);
  return result;
}

}  // namespace kuangxun::ui
