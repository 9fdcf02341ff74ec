#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "db/log/rotating_log.h"

namespace kuangxun::office {

// What was done on this laptop, for whoever has to find out later why something did not work: FOLDER/logs, at most
// 5 × 2 MiB. Opened with the first line, and only where there is a store: asking for a wrong folder makes none. From
// any thread.
class ProgramLog {
 public:
  explicit ProgramLog(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}

  void line(const std::string& text);

 private:
  std::filesystem::path data_folder_;
  std::mutex opening_;
  std::unique_ptr<RotatingLog> log_;
};

}  // namespace kuangxun::office
