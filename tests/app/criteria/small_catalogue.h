#pragma once

#include <string>
#include <vector>

#include "db/base/csv.h"

// Small catalogues for tests, as the office would write them.
namespace kuangxun::tests {

inline constexpr std::string_view facts_csv =
    "name,type,scale,unit,maximum,chinese,english,unit_chinese,unit_english,hint_chinese,hint_english\n"
    "mineral,enumeration:mineral,,,,矿种,mineral,,,,\n"
    "stage,enumeration:mine_stage,,,,阶段,stage,,,,\n"
    "mining_method,enumeration:mining_method,,,,开采方式,method,,,,\n"
    "capacity_t,number,4,10kt/year,100000,规模,capacity,万吨/年,,,\n"
    "capacity_m3,number,4,10k_m3/year,100000,规模,capacity,,,,\n"
    "reserves_t,number,4,10kt,10000000,储量,reserves,,,,\n"
    "life,number,0,year,1000,年限,life,,,,\n"
    "output,range,4,10kt/year,1000000,产量,output,,,,\n"
    "has_plan,boolean,,,,方案,plan,,,,\n"
    "granted_on,day,,,,出让日,granted,,,,\n"
    "township,text,,,,乡镇,township,,,,\n"
    "huge,number,6,t,1000000000,大数,huge,,,,\n";

// What the office would write in one row; everything else is as it should be.
struct Row {
  std::string id = "T01";
  std::string condition;
  std::string inputs =
      "mineral enumeration; mining_method enumeration; capacity_t number 10kt/year; capacity_m3 number 10k_m3/year; "
      "reserves_t number 10kt; life number year; output range 10kt/year; has_plan boolean; granted_on day; "
      "township text; huge number t";
  std::string from = "2021-01-01";
  std::string to = "2025-12-31";
  std::string stage;
  std::string superseded_by;
  std::string passed = "ok";
  std::string enabled = "yes";
  std::string title = "x";
  std::string weight;
};

// The columns of a catalogue, written out again so that a change of them is seen.
inline const std::vector<std::string> columns = {"id",
                                                 "title_zh",
                                                 "title_en",
                                                 "kind",
                                                 "nature",
                                                 "enabled",
                                                 "document_zh",
                                                 "document_en",
                                                 "clause_zh",
                                                 "clause_en",
                                                 "plan_from",
                                                 "plan_to",
                                                 "superseded_by",
                                                 "legal_document_zh",
                                                 "legal_document_en",
                                                 "legal_clause_zh",
                                                 "legal_clause_en",
                                                 "legal_from",
                                                 "legal_to",
                                                 "legal_mark",
                                                 "applies_to_kind",
                                                 "applies_to_stage",
                                                 "applies_to_mineral",
                                                 "applies_to_method",
                                                 "applies_when",
                                                 "inputs",
                                                 "condition",
                                                 "weight",
                                                 "veto",
                                                 "passed_zh",
                                                 "passed_en",
                                                 "failed_zh",
                                                 "failed_en",
                                                 "not_applicable_zh",
                                                 "not_applicable_en",
                                                 "progress_zh",
                                                 "progress_en",
                                                 "stated",
                                                 "consequence_zh",
                                                 "consequence_en",
                                                 "missing_zh",
                                                 "missing_en",
                                                 "mark"};

inline std::string csv_of(const std::vector<Row>& rows) {
  std::string text;
  for (const auto& column : columns) text += (text.empty() ? "" : ",") + column;
  text += "\n";
  for (const auto& row : rows) {
    std::string line;
    for (const auto& column : columns) {
      std::string cell;
      if (column == "id") cell = row.id;
      if (column.starts_with("title")) cell = row.title;
      if (column == "weight") cell = row.weight;
      if (column.starts_with("document") || column.starts_with("clause")) cell = "x";
      if (column == "kind") cell = "duty";
      if (column == "enabled") cell = row.enabled;
      if (column == "plan_from") cell = row.from;
      if (column == "plan_to") cell = row.to;
      if (column == "superseded_by") cell = row.superseded_by;
      if (column == "applies_to_kind") cell = "mining-right";
      if (column == "applies_to_stage") cell = row.stage;
      if (column == "inputs") cell = row.inputs;
      if (column == "condition") cell = row.condition;
      if (column.starts_with("passed")) cell = row.passed;
      if (column == "mark") cell = "plan";
      line += (&column == &columns.front() ? "" : ",") + csv_cell(cell);
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace kuangxun::tests
