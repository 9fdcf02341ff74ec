#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/facts/registers.h"

namespace kuangxun::facts {

// The papers of one mine that count on the day: filed, approved, signed or begun on or before it. Points into the
// registers.
struct MinePapers {
  std::vector<const records::Record*> returns;
  std::vector<const records::Record*> fund_entries;
  std::vector<const records::Record*> plans;
  std::vector<const records::Record*> contracts;
  std::vector<const records::Record*> listings;
  std::vector<const records::Record*> stages;
};

class YearlyIndex {
 public:
  explicit YearlyIndex(const Registers& registers);
  const MinePapers& of(const Uuid& mine) const;

 private:
  std::map<Uuid, MinePapers> papers_;
};

// Whether a paper that was filed on `filed_on` (or on an unknown day) about `year` counts on the day: a year's figures
// are not known before it ends, unless they say when they were filed.
bool is_filed(const records::Record& paper, Day on);

// The stage of a mine on the day: the newest of its stage records and of the dated stage with the mining right itself.
// An undated stage with the mining right counts where no dated one does. Two of one day that differ leave it unknown.
FactValue recorded_stage(const records::Record& mine, const YearlyIndex& index, const Registers& registers);

}  // namespace kuangxun::facts
