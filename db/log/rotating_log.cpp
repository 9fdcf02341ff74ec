#include "db/log/rotating_log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun {

Result<std::unique_ptr<RotatingLog>> RotatingLog::open(const Form& form) {
  KX_CHECK(make_folder(form.folder));
  try {
    spdlog::sinks_init_list sinks = {std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        (form.folder / (form.name + ".log")).string(), form.file_bytes_max, form.files_kept)};
    auto logger = std::make_shared<spdlog::logger>(form.name, sinks);
    if (form.is_shown) logger->sinks().push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %v");
    logger->flush_on(spdlog::level::info);
    logger->set_error_handler([](const std::string&) {});
    return std::unique_ptr<RotatingLog>(new RotatingLog(std::move(logger)));
  } catch (const spdlog::spdlog_ex& failure) {
    return Error(ErrorCode::unavailable,
                 phrase("cannot write the log in {0} ({1})", {form.folder.string(), failure.what()}));
  }
}

RotatingLog::~RotatingLog() = default;

void RotatingLog::line(const std::string& text) {
  // With names that people chose: never a format, and never more than one line.
  logger_->log(spdlog::level::info, "{}", replace_all(text, "\n", " "));
}

}  // namespace kuangxun
