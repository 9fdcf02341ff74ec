#include "app/county/status_words.h"

#include <algorithm>
#include <array>

#include "app/inspect/edit/standing.h"
#include "db/language/language.h"
#include "db/records/describe.h"

namespace kuangxun::county {
namespace {

enum class Form { as_it_is, seconds, bytes };

struct Words {
  std::string_view name;
  std::string_view chinese;
  std::string_view english;
  Form form = Form::as_it_is;
};

constexpr std::array all_words = {
    Words{"county_id", "县级库编号", "County id"},
    Words{"store", "数据库", "Database"},
    Words{"schema_version", "库结构版本", "Schema version"},
    Words{"incarnation", "库的世代（从备份恢复后增加）", "Incarnation (grows with each restore)"},
    Words{"county_epoch", "县级库自己的世代", "The county's own epoch"},
    Words{"devices", "登记的设备", "Devices enrolled"},
    Words{"devices_revoked", "已停用的设备", "Devices revoked"},
    Words{"devices_silent_3_days", "三天没有同步的设备", "Devices silent for 3 days"},
    Words{"people", "登记的人员", "People"},
    Words{"quarantined", "被隔离的操作", "Operations quarantined"},
    Words{"quarantine_age_s", "最久的隔离", "Oldest quarantine", Form::seconds},
    Words{"frames", "已存数据帧", "Frames stored"},
    Words{"latest_sequence", "最新序号", "Latest sequence"},
    Words{"root", "日志树根", "Root of the log"},
    Words{"unapplied_frames", "待入表的帧", "Frames not yet applied"},
    Words{"apply_lag_s", "入表延迟", "Lag of applying", Form::seconds},
    Words{"operations", "已存操作", "Operations stored"},
    Words{"parked", "等待前序的操作", "Operations waiting for others"},
    Words{"forks", "存为证据的分叉帧", "Forked frames kept as evidence"},
    Words{"disputes", "有争议的记录", "Records in dispute"},
    Words{"attachments_whole", "完整的照片", "Photos, whole"},
    Words{"attachments_partial", "未收完的照片", "Photos, partial"},
    Words{"last_received_at", "最近收到数据", "Last received"},
    Words{"upward_receipted_sequence", "上级已确认到序号", "Receipted upward through"},
    Words{"upward_receipted_at", "上级最近确认", "Receipted upward at"},
    Words{"upward_overdue", "上报逾期", "Reporting upward overdue"},
    Words{"disk_free_bytes", "磁盘剩余", "Disk free", Form::bytes},
};

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t mebibyte = 1024 * 1024;
  constexpr std::uint64_t gibibyte = 1024 * mebibyte;
  if (bytes >= 10 * gibibyte) return std::to_string(bytes / gibibyte) + " GiB";
  return std::to_string(bytes / mebibyte) + " MiB";
}

std::string value_text(Form form, const json::JsonValue& value) {
  using Type = json::JsonValue::Type;
  if (value.type == Type::boolean) return value.text == "true" ? say_text("yes") : say_text("no");
  if (value.type == Type::string) return value.text.empty() ? "—" : value.text;
  if (form == Form::seconds) return inspect::age_text(std::stoll(value.text) * 1000);
  return form == Form::bytes ? size_text(std::stoull(value.text)) : value.text;
}

std::string line(const std::string& words, const std::string& value) {
  return words + say_text(": ") + value;
}

}  // namespace

std::string status_line(const std::string& name, const json::JsonValue& value) {
  const auto* words = std::ranges::find(all_words, name, &Words::name);
  if (words == all_words.end()) return line(name, value_text(Form::as_it_is, value));
  return line(either_text(words->chinese, words->english), value_text(words->form, value));
}

std::string record_line(const std::string& kind, std::uint64_t count) {
  const records::KindDescription* known = records::find_kind(kind);
  const std::string name = known == nullptr ? kind : either_text(known->chinese, known->english);
  return line(name, std::to_string(count));
}

}  // namespace kuangxun::county
