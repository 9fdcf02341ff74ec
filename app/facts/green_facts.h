#pragma once

#include <map>
#include <vector>

#include "app/facts/registers.h"

// What people recorded about green mines, as facts: the tier that a person set, and the answers to the preconditions of
// the newest assessment that has them.
namespace kuangxun::facts {

struct GreenRecords {
  std::map<Uuid, std::vector<records::Record>> tiers;        // by mine, the newest first
  std::map<Uuid, std::vector<records::Record>> assessments;  // by mine, the newest first
  std::map<Uuid, std::vector<records::Record>> scores;       // of preconditions, by assessment
};
// Those up to the registers' day.
Result<GreenRecords> read_green_records(history::RecordReader& store, const Registers& registers);

void add_green_facts(FactWriter& facts, const records::Record& mine, const GreenRecords& green,
                     const Registers& registers);

}  // namespace kuangxun::facts
