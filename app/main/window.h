#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/main/local_workplace.h"

namespace kuangxun {

// What the window needs; borrowed for as long as it is open.
struct WindowWorld {
  LocalWorkplace& workplace;
  Clock& clock;
  Random& random;
  std::filesystem::path assets;
  Uuid person;                   // who acts; may be nil
  std::filesystem::path script;  // a window script to play, or empty
  // One line into the data folder's log.
  std::function<void(const std::filesystem::path& folder, const std::string& line)> log;
};

// Opens the window on the data folder and runs it until the person closes it. The exit code, or why it could not open.
Result<int> run_window(const WindowWorld& world);

}  // namespace kuangxun
