#include "app/ui/context.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cassert>

#include "app/ui/context_state.h"
#include "app/ui/theme.h"
#include "db/base/limits.h"
#include "db/base/text.h"

namespace kuangxun::ui {
namespace {

void note_caret(int x, int y) {
  auto& state = *static_cast<ContextState*>(ImGui::GetIO().UserData);
  const float height = state.glyphs->metrics(Face::body).line_height_px;
  // ImGui gives the caret's foot of the line above; the list of candidates belongs below the line being typed.
  state.caret = {static_cast<float>(x), static_cast<float>(y), 2, height};
}

const char* read_clipboard(void* user_data) {
  auto& state = *static_cast<ContextState*>(user_data);
  std::string text = state.clipboard != nullptr ? state.clipboard->read() : std::string();
  // Another program's text: broken or endless text is not pasted.
  if (text.size() > limits::text_bytes_max || !is_clean_utf8(text)) text.clear();
  std::string storage;
  state.clipboard_text = state.screen_text.to_screen(text, storage);
  return state.clipboard_text.c_str();
}

void write_clipboard(void* user_data, const char* text) {
  auto& state = *static_cast<ContextState*>(user_data);
  if (state.clipboard != nullptr) state.clipboard->write(state.screen_text.from_screen(text));
}

void map_keys(ImGuiIO& io) {
  const auto map = [&](ImGuiKey imgui_key, Key key) { io.KeyMap[imgui_key] = static_cast<int>(key); };
  // Tab stays unmapped: ImGui 1.86 goes only to text fields with it, ours goes to every control.
  map(ImGuiKey_LeftArrow, Key::left);
  map(ImGuiKey_RightArrow, Key::right);
  map(ImGuiKey_UpArrow, Key::up);
  map(ImGuiKey_DownArrow, Key::down);
  map(ImGuiKey_PageUp, Key::page_up);
  map(ImGuiKey_PageDown, Key::page_down);
  map(ImGuiKey_Home, Key::home);
  map(ImGuiKey_End, Key::end);
  map(ImGuiKey_Insert, Key::insert);
  map(ImGuiKey_Delete, Key::erase);
  map(ImGuiKey_Backspace, Key::backspace);
  map(ImGuiKey_Space, Key::space);
  map(ImGuiKey_Enter, Key::enter);
  // Escape stays unmapped: ImGui would throw away what was typed into a field. Ours leaves the field and keeps it.
  map(ImGuiKey_KeyPadEnter, Key::keypad_enter);
  map(ImGuiKey_A, Key::a);
  map(ImGuiKey_C, Key::c);
  map(ImGuiKey_V, Key::v);
  map(ImGuiKey_X, Key::x);
  map(ImGuiKey_Y, Key::y);
  map(ImGuiKey_Z, Key::z);
}

void set_up_io(ContextState& state) {
  ImGuiIO& io = ImGui::GetIO();
  io.UserData = &state;
  io.IniFilename = nullptr;  // where windows lie is no data of ours
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  // A blinking caret would draw for ever.
  io.ConfigInputTextCursorBlink = false;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ImeSetInputScreenPosFn = note_caret;
  io.GetClipboardTextFn = read_clipboard;
  io.SetClipboardTextFn = write_clipboard;
  io.ClipboardUserData = &state;
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.MousePos = ImVec2(-FLT_MAX, -FLT_MAX);
  map_keys(io);
}

void apply(ContextState& state, ImGuiIO& io, const KeyChange& change) {
  const bool is_known = change.press.key != Key::none;
  if (is_known) io.KeysDown[static_cast<std::size_t>(change.press.key)] = change.down;
  // Enter presses what has the keyboard, as Space does.
  const bool is_enter = change.press.key == Key::enter || change.press.key == Key::keypad_enter;
  if (is_enter && !(change.down && io.WantTextInput)) io.KeysDown[static_cast<std::size_t>(Key::space)] = change.down;
  io.KeyCtrl = change.press.control;
  io.KeyShift = change.press.shift;
  io.KeyAlt = change.press.alt;
  if (is_known && change.down) state.pressed_keys.push_back(change.press);
}

void apply_input(ContextState& state) {
  ImGuiIO& io = ImGui::GetIO();
  state.pressed_keys.clear();
  for (const InputEvent& event : state.input.take_for_one_frame()) {
    if (const auto* move = std::get_if<MouseMove>(&event)) {
      io.MousePos = ImVec2(move->x, move->y);
    } else if (const auto* button = std::get_if<MouseButtonChange>(&event)) {
      io.MouseDown[static_cast<std::size_t>(button->button)] = button->down;
    } else if (const auto* wheel = std::get_if<MouseWheel>(&event)) {
      io.MouseWheelH += wheel->x;
      io.MouseWheel += wheel->y;
    } else if (const auto* key = std::get_if<KeyChange>(&event)) {
      apply(state, io, *key);
    } else if (const auto* text = std::get_if<TextInput>(&event)) {
      std::string storage;
      const std::string on_screen(state.screen_text.to_screen(text->text, storage));
      io.AddInputCharactersUTF8(on_screen.c_str());
    } else if (const auto* focus = std::get_if<FocusChange>(&event)) {
      io.AddFocusEvent(focus->focused);
      // Keys released while another window had the keyboard are never told.
      if (!focus->focused) std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
    }
  }
}

// Escape that nobody took closes an open list; a dialog that nobody drew any more closes.
void close_popups(ContextState& state) {
  const auto& stack = ImGui::GetCurrentContext()->OpenPopupStack;
  if (state.dialog_was_drawn && !state.dialog_drawn && !stack.empty()) {
    ImGui::ClosePopupToLevel(0, true);
    state.another_frame = true;
  }
  state.dialog_was_drawn = state.dialog_drawn;
  if (stack.empty() || ImGui::GetTopMostPopupModal() == stack.back().Window) return;
  if (Frame(state).shortcut({.key = Key::escape})) ImGui::ClosePopupToLevel(stack.Size - 1, true);
}

// Tab and Shift+Tab go through the controls in the order in which they are drawn.
void move_by_tab(ContextState& state) {
  const bool forward = Frame(state).shortcut({.key = Key::tab});
  if (!forward && !Frame(state).shortcut({.key = Key::tab, .shift = true})) return;
  std::vector<const Control*> stops;
  std::optional<std::size_t> current;
  for (const Control& control : state.controls) {
    if (control.focused && state.keyboard_taken && !current) current = stops.size();
    if (control.enabled || control.focused) stops.push_back(&control);
  }
  if (stops.empty()) return;
  const std::size_t from = current.value_or(forward ? stops.size() - 1 : 0);
  const Control& next = *stops[(from + (forward ? 1 : stops.size() - 1)) % stops.size()];
  ImGui::ClearActiveID();
  state.focus_next = next.name;
  if (next.visible_area.empty()) state.scroll_to = next.name;
  state.another_frame = true;
}

void draw_composition(ContextState& state) {
  if (state.composition.empty() || !ImGui::GetIO().WantTextInput) return;
  std::string storage;
  const std::string_view text = state.show(Face::body, state.composition, storage);
  const ImVec2 size = text_size(state, Face::body, text);
  const float pad = 4 * state.scale;
  const ImVec2 from(state.caret.left, state.caret.top);
  const ImVec2 to(from.x + size.x + 2 * pad, from.y + size.y + 2);
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const ToneColours colours = colours_of(Tone::unsure);
  list->AddRectFilled(from, to, colours.fill);
  list->AddLine(ImVec2(from.x, to.y), to, colours.border, 2 * state.scale);
  list->AddText(state.glyphs->font(Face::body), state.glyphs->metrics(Face::body).line_height_px,
                ImVec2(from.x + pad, from.y), colours.text, text.data(), text.data() + text.size());
}

}  // namespace

Context::Context(const std::array<FaceMetrics, face_count>& metrics, float scale, int texture_edge_px)
    : state_(std::make_unique<ContextState>()) {
  state_->scale = scale;
  state_->imgui = ImGui::CreateContext();
  make_current();
  set_up_io(*state_);
  apply_theme(scale);
  state_->glyphs = std::make_unique<GlyphStore>(*ImGui::GetIO().Fonts, metrics, texture_edge_px);
}

Context::~Context() {
  make_current();
  ImGui::DestroyContext(state_->imgui);
}

void Context::make_current() {
  ImGui::SetCurrentContext(state_->imgui);
}
InputQueue& Context::input() {
  return state_->input;
}
void Context::set_clipboard(Clipboard* clipboard) {
  state_->clipboard = clipboard;
}

Frame Context::begin_frame(const Display& display, double elapsed_s) {
  make_current();
  ContextState& state = *state_;
  state.display = display;
  state.controls.clear();
  state.control_index.clear();
  state.texts.clear();
  state.wake_after_ms.reset();
  state.another_frame = false;
  state.dialog_drawn = false;
  assert(state.prefix.empty());
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(display.width_px, display.height_px);
  io.DisplayFramebufferScale = ImVec2(display.framebuffer_scale, display.framebuffer_scale);
  io.DeltaTime = std::max(static_cast<float>(elapsed_s), 0.0001F);
  apply_input(state);
  ImGui::NewFrame();
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(io.DisplaySize);
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus;
  ImGui::Begin("##root", nullptr, flags);
  return Frame(state);
}

void Context::end_frame() {
  close_popups(*state_);
  move_by_tab(*state_);
  draw_composition(*state_);
  ImGui::End();
  ImGui::Render();
  if (!state_->scroll_to.empty() && find_control(state_->scroll_to) != nullptr) {
    state_->scroll_to.clear();
    state_->another_frame = true;
  }
}

ImDrawData* Context::draw_data() {
  make_current();
  return ImGui::GetDrawData();
}

bool Context::wants_another_frame() const {
  return state_->another_frame || !state_->input.empty();
}
std::optional<int> Context::wake_after_ms() const {
  return state_->wake_after_ms;
}

std::vector<GlyphRequest> Context::take_missing_glyphs() {
  return state_->glyphs->take_missing();
}

void Context::need_glyphs(Face face, std::string_view text) {
  std::string storage;
  state_->glyphs->need(face, state_->screen_text.to_screen(text, storage), state_->screen_text);
}

std::vector<TextureUpdate> Context::add_glyphs(std::span<const Glyph> glyphs) {
  make_current();
  state_->another_frame = true;
  return state_->glyphs->add(glyphs);
}

std::size_t Context::times_texture_emptied() const {
  return state_->glyphs->times_emptied();
}

std::uintptr_t Context::glyph_texture() const {
  ImGui::SetCurrentContext(state_->imgui);
  return reinterpret_cast<std::uintptr_t>(ImGui::GetIO().Fonts->TexID);
}

void Context::release_texture_pixels() {
  make_current();
  ImGui::GetIO().Fonts->ClearTexData();
}

std::span<const Control> Context::controls() const {
  return state_->controls;
}

const Control* Context::find_control(std::string_view name) const {
  const auto found = state_->control_index.find(std::string(name));
  return found == state_->control_index.end() ? nullptr : &state_->controls[found->second];
}

bool Context::shows_text(std::string_view text) const {
  return std::any_of(state_->texts.begin(), state_->texts.end(),
                     [&](const std::string& shown) { return shown.find(text) != std::string::npos; });
}

std::string Context::all_text() const {
  return join(state_->texts, "\n");
}
void Context::scroll_to(std::string_view name) {
  state_->scroll_to = name;
}

bool Context::wants_text_input() const {
  ImGui::SetCurrentContext(state_->imgui);
  return ImGui::GetIO().WantTextInput;
}

Rectangle Context::caret() const {
  return state_->caret;
}
void Context::set_composition(std::string text) {
  state_->composition = std::move(text);
}

PointerShape Context::pointer_shape() const {
  ImGui::SetCurrentContext(state_->imgui);
  switch (ImGui::GetMouseCursor()) {
    case ImGuiMouseCursor_TextInput:
      return PointerShape::text;
    case ImGuiMouseCursor_Hand:
      return PointerShape::hand;
    case ImGuiMouseCursor_ResizeEW:
      return PointerShape::resize_horizontal;
    case ImGuiMouseCursor_ResizeNS:
      return PointerShape::resize_vertical;
    default:
      return PointerShape::arrow;
  }
}

}  // namespace kuangxun::ui
