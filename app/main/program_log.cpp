#include "app/main/program_log.h"

namespace kuangxun {

std::filesystem::path log_folder_of(const std::filesystem::path& data_folder) {
  return data_folder / "logs";
}

void ProgramLog::line(const std::filesystem::path& data_folder, const std::string& text) {
  std::error_code failure;
  if (!std::filesystem::exists(data_folder / "kuangxun.db", failure)) return;
  if (log_ == nullptr || folder_ != data_folder) {
    // Without a log the work goes on.
    auto opened = RotatingLog::open({.folder = log_folder_of(data_folder), .name = "kuangxun"});
    if (!opened.ok()) return;
    log_ = std::move(opened).value();
    folder_ = data_folder;
  }
  log_->line(text);
}

}  // namespace kuangxun
