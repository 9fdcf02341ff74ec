#pragma once

#include <iosfwd>
#include <vector>

#include "app/criteria/catalogue.h"
#include "app/json/json_value.h"

// What is wrong with files of rules.
namespace kuangxun::cli {

json::JsonValue finding_json(const criteria::LintFinding& finding);
void print_findings(std::ostream& out, const std::vector<criteria::LintFinding>& findings);
// Null for 0: there is no such line, column, edition.
json::JsonValue number_or_null(std::size_t number);

}  // namespace kuangxun::cli
