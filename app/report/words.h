#pragma once

#include <functional>
#include <string>

#include "app/report/visit_record.h"

// How single values are written on a paper, in language().
namespace kuangxun::report {

std::string not_recorded();
std::string decimal_text(const Decimal& value);
// "2026-05-01 10:30 (+08:00)": the offset is said, because Xinjiang also uses UTC+6.
std::string time_text(const Instant& instant);
// For table cells: the offset only where it is not Beijing's, as times_note() says.
std::string short_time_text(const Instant& instant);
std::string times_note();

std::string verdict_text(Verdict verdict);
std::string basis_state_text(BasisState state);
std::string area_method_text(AreaMethod method);
// "【签字后补充】", "【作废：原因】", both, or nothing.
std::string standing_text(const Standing& standing);

// "填写不一致，待核定：" and one of the values under it, with who entered it.
std::string dispute_lead();
std::string dispute_line(const std::string& value, const std::string& by);

// One value as it is, nothing as `absent`, several as a dispute with who entered what.
template <class T, class Write>
std::string entry_text(const Entry<T>& entry, const std::string& absent, Write write) {
  if (entry.empty()) return absent;
  if (!entry.disputed()) return std::invoke(write, entry.heads.front().value);
  std::string text = dispute_lead();
  for (const auto& head : entry.heads) text += "\n" + dispute_line(std::invoke(write, head.value), head.by);
  return text;
}
// An entry that nobody filled is printed as not recorded; in a table's cell as a dash.
std::string entry_text(const TextEntry& entry);
std::string cell_text(const TextEntry& entry);

}  // namespace kuangxun::report
