#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/base/result.h"

namespace spdlog {
class logger;
}

namespace kuangxun {

// One line an event, with its time, in files that are kept until newer ones push them out. For the people who run the
// programs: when, which command, how many, how it ended. What was recorded does not stand here, nor any secret.
class RotatingLog {
 public:
  struct Form {
    std::filesystem::path folder;  // made when it is missing
    std::string name;              // NAME.log, NAME.1.log, ...
    std::size_t file_bytes_max = 2 << 20;
    std::size_t files_kept = 4;  // beside the one that is being written
    bool is_shown = false;       // on standard error as well
  };
  static Result<std::unique_ptr<RotatingLog>> open(const Form& form);
  ~RotatingLog();
  // From any thread. A disk that is full loses the line, never the work.
  void line(const std::string& text);

 private:
  explicit RotatingLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace kuangxun
