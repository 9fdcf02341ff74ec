#pragma once

#include <ostream>
#include <vector>

#include "app/criteria/verdict.h"
#include "app/green/assessment.h"
#include "app/green/what_if.h"
#include "app/json/json_value.h"

// Green-mine assessments as people read them and as scripts do. Nothing here is a conclusion.
namespace kuangxun::cli {

// `preconditions`: the verdicts of the rules on them, on the assessment's day.
void print_assessment(std::ostream& out, const green::Assessment& assessment,
                      const std::vector<criteria::Verdict>& preconditions);
json::JsonValue assessment_json(const green::Assessment& assessment,
                                const std::vector<criteria::Verdict>& preconditions);

void print_what_if(std::ostream& out, const green::Assessment& assessment, const green::WhatIf& found);
json::JsonValue what_if_json(const green::Assessment& assessment, const green::WhatIf& found);

void print_index(std::ostream& out, const green::Index& index);
json::JsonValue index_json(const green::Index& index);

json::JsonValue tier_json(const records::Record& tier);
std::string tier_text(const records::Record& tier);

}  // namespace kuangxun::cli
