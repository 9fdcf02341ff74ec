#include "app/cli/findings.h"

#include <ostream>

namespace kuangxun::cli {

using criteria::LintFinding;
using json::JsonValue;

json::JsonValue number_or_null(std::size_t number) {
  return number == 0 ? JsonValue() : JsonValue::integer(number);
}

JsonValue finding_json(const LintFinding& finding) {
  JsonValue json = JsonValue::object();
  json.add("file", JsonValue::string(finding.file));
  json.add("line", number_or_null(finding.line));
  json.add("column", number_or_null(finding.column));
  json.add("column_name", JsonValue::string_or_null(finding.column_name));
  json.add("character", number_or_null(finding.character));
  json.add("message", JsonValue::string(finding.message));
  return json;
}

void print_findings(std::ostream& out, const std::vector<LintFinding>& findings) {
  for (const LintFinding& finding : findings) out << finding.text() << '\n';
}

}  // namespace kuangxun::cli
