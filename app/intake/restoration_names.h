#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::intake {

// For this folder only: the 《方案》 and the restoration units of mines, as the row of a table names them. A snapshot.
class RestorationNames {
 public:
  static Result<RestorationNames> build(history::RecordReader& store);

  struct Plan {
    const records::Record* plan = nullptr;  // null: `problem` says why
    std::string problem;
  };
  // By its title or the number of its approval; a mine that has only one need not say which.
  Plan find_plan(const records::Record& mine, std::string_view written) const;
  // Nothing when the mine has no unit of that name, or several: what is written stays all the same.
  const records::Record* find_unit(const records::Record& mine, std::string_view written) const;

 private:
  std::vector<records::Record> plans_;
  std::vector<records::Record> units_;
};

}  // namespace kuangxun::intake
