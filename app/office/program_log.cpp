#include "app/office/program_log.h"

namespace kuangxun::office {

void ProgramLog::line(const std::string& text) {
  std::error_code failure;
  if (!std::filesystem::exists(data_folder_ / "kuangxun.db", failure)) return;
  const std::lock_guard turn(opening_);
  if (log_ == nullptr) {
    // Without a log the work goes on.
    auto opened = RotatingLog::open({.folder = data_folder_ / "logs", .name = "kuangxun"});
    if (!opened.ok()) return;
    log_ = std::move(opened).value();
  }
  log_->line(text);
}

}  // namespace kuangxun::office
