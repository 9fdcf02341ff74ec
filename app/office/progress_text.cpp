#include "app/office/progress_text.h"

#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::office {
namespace {

// "0.3 MB", "12 KB".
std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kilobyte = 1000;
  constexpr std::uint64_t tenth_of_megabyte = 100'000;
  if (bytes < tenth_of_megabyte) return say_with("{0} KB", {std::to_string((bytes + kilobyte - 1) / kilobyte)});
  return say_with("{0} MB", {format_decimal(static_cast<std::int64_t>(bytes / tenth_of_megabyte), 1)});
}

}  // namespace

std::string progress_text(const Running& running) {
  if (running.is_stopped()) return say_text("stopping; what is done already stays");
  const Running::Progress now = running.progress();
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " · ") + part; };
  if (now.records_total > 0) {
    add(say_with("{0} of {1}", {std::to_string(now.records), std::to_string(now.records_total)}));
  } else if (now.records > 0) {
    add(say_with("{0} operations", {std::to_string(now.records)}));
  }
  if (now.bytes_sent > 0) add(say_with("sent {0}", {size_text(now.bytes_sent)}));
  if (now.bytes_received > 0) add(say_with("received {0}", {size_text(now.bytes_received)}));
  return text;
}

}  // namespace kuangxun::office
