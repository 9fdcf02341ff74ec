#pragma once

#include <filesystem>

#include "app/office/office.h"

namespace kuangxun {

// Opens the window on the office's data folder and runs it until the person closes it. `person` acts and may be nil;
// `script` is a window script to play, or empty. The exit code, or why it could not open.
Result<int> run_window(office::Office& office, const Uuid& person, const std::filesystem::path& script);

}  // namespace kuangxun
