#include "app/report/visit_record.h"

#include <set>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::report {

int certified_officers(const VisitRecord& record) {
  std::set<std::string_view> numbers;
  for (const Officer& officer : record.officers) {
    if (officer.standing.is_voided || officer.certificate_number.heads.size() != 1) continue;
    const std::string_view number = trim(officer.certificate_number.heads.front().value);
    if (!number.empty()) numbers.insert(number);
  }
  return static_cast<int>(numbers.size());
}

std::string record_title(const VisitRecord& record) {
  return certified_officers(record) >= 2 ? say_text("On-site inspection record") : say_text("Patrol record");
}

}  // namespace kuangxun::report
