#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/shell/application.h"
#include "app/ui/edit.h"

namespace kuangxun::tests {

// A small screen with every widget, in the shape of the real ones: what is drawn and what is done about it stand apart.
class DemoApplication final : public shell::Application {
 public:
  void draw(ui::Frame& frame) override;
  bool handle() override;
  bool may_close() override;

  std::string search;
  std::string note;
  std::optional<std::size_t> place;
  std::optional<std::size_t> answer;
  std::optional<std::size_t> method;
  std::size_t page = 0;
  bool agreed = false;
  bool asking = false;
  bool dirty = false;
  std::string extra_text;
  std::optional<int> wake_ms;
  int saves = 0;
  int refreshes = 0;
  int draws = 0;
  int edits_left = 0;

 private:
  void draw_places(ui::Frame& frame);
  void draw_dossier(ui::Frame& frame);
  void draw_visit(ui::Frame& frame);
  void draw_dialog(ui::Frame& frame);
  bool changed_ = false;
};

}  // namespace kuangxun::tests
