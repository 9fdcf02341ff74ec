#pragma once

#include <functional>

#include "app/office/office.h"

namespace kuangxun::cli {

// What the command line needs of the world.
struct Ports {
  office::World world;
  // Shows the window on a data folder; absent in a program without one. `script` is a file of presses to play, or
  // empty.
  std::function<Result<int>(const std::filesystem::path& folder, const Uuid& person,
                            const std::filesystem::path& script)>
      show_window;
};

}  // namespace kuangxun::cli
