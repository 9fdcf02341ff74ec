#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/log/rotating_log.h"

namespace kuangxun {

// What was done on this laptop, for whoever has to find out later why something did not work: FOLDER/logs, at most
// 5 × 2 MiB. Opened with the first line, and only where there is a store: asking for a wrong folder makes none.
class ProgramLog {
 public:
  void line(const std::filesystem::path& data_folder, const std::string& text);

 private:
  std::filesystem::path folder_;
  std::unique_ptr<RotatingLog> log_;
};

std::filesystem::path log_folder_of(const std::filesystem::path& data_folder);

}  // namespace kuangxun
