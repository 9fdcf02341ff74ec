#include "app/office/standing.h"

#include "app/inspect/edit/standing.h"

namespace kuangxun::office {

std::string clock_problem(const Standing& standing, const history::StoreCounts& counts, std::int64_t now_ms) {
  return inspect::clock_problem(
      {now_ms, counts.newest_own_ms, standing.built_ms, standing.county.time_ms, standing.clock_ahead_ms});
}

// A lost key comes first: until there is a new one nothing of the day's work can leave the laptop.
std::vector<std::string> warnings_of(const Standing& standing, const history::StoreCounts& counts,
                                     std::int64_t now_ms) {
  std::vector<std::string> warnings = inspect::warnings_of(counts, now_ms);
  if (!standing.key_problem.empty()) warnings.insert(warnings.begin(), standing.key_problem);
  for (std::string warning :
       {clock_problem(standing, counts, now_ms),
        inspect::certificate_warning(standing.county.certificate_until_ms, standing.county.time_ms)}) {
    if (!warning.empty()) warnings.push_back(std::move(warning));
  }
  return warnings;
}

}  // namespace kuangxun::office
