#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/history/record_store.h"

// What the people of a laptop must be told about it, the same in `status` and in the window. Nothing here ever refuses
// anything.
namespace kuangxun::inspect {

// After so long without a sync it is said.
constexpr std::int64_t unsynced_warning_ms = 3LL * 24 * 3600 * 1000;
// A clock that is so far ahead of the county's is wrong.
constexpr std::int64_t clock_ahead_max_ms = 10LL * 60 * 1000;
// So long before its end a certificate that no sync renewed is spoken of.
constexpr std::int64_t certificate_warning_ms = 30LL * 24 * 3600 * 1000;

struct ClockFacts {
  std::int64_t now_ms = 0;
  std::int64_t newest_own_ms = 0;             // wall time of the newest operation of this laptop
  std::int64_t built_ms = 0;                  // when the program was made
  std::int64_t county_time_ms = 0;            // the newest that the county told; 0 for none
  std::optional<std::int64_t> ahead_ms = {};  // our clock less the county's, when it was told
};
// Why the clock looks wrong, as a finished sentence; empty when it does not.
std::string clock_problem(const ClockFacts& facts);
// "ours is 12 s ahead".
std::string clock_difference_text(std::int64_t ahead_ms);

// Finished sentences, the gravest first.
std::vector<std::string> warnings_of(const history::StoreCounts& counts, std::int64_t now_ms);
// By the county's time; empty while all is well or nothing is known.
std::string certificate_warning(std::int64_t until_ms, std::int64_t county_time_ms);

// When the newest value of the oldest dispute was entered, which is when it began; 0 for none.
std::int64_t oldest_dispute_ms(const std::vector<history::Dispute>& disputes);
// When a dispute began.
std::int64_t dispute_began_ms(const history::Dispute& dispute);
// "3 days", "5 hours", "12 minutes", for people.
std::string age_text(std::int64_t age_ms);

}  // namespace kuangxun::inspect
