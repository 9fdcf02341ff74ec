#include "app/inspect/edit/standing.h"

#include <algorithm>
#include <cstdlib>

#include "db/base/calendar.h"
#include "db/language/language.h"

namespace kuangxun::inspect {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
// Free space that a day in the field needs: some hundred photos.
constexpr std::uint64_t disk_low_bytes = 1ULL << 30;

std::string minute(std::int64_t ms) {
  return format_minute(ms, beijing_offset_min);
}

std::string unsynced_warning(const history::StoreCounts& counts, std::int64_t now_ms) {
  if (counts.unsynced_operations == 0 || now_ms - counts.oldest_unsynced_ms < unsynced_warning_ms) return {};
  return say_with("{0} operations have been on this laptop only for {1}: sync soon, or carry them on a stick",
                  {std::to_string(counts.unsynced_operations), age_text(now_ms - counts.oldest_unsynced_ms)});
}

}  // namespace

std::string age_text(std::int64_t age_ms) {
  age_ms = std::max<std::int64_t>(age_ms, 0);
  if (age_ms >= 2 * day_ms) return say_with("{0} days", {std::to_string(age_ms / day_ms)});
  if (age_ms >= 2 * hour_ms) return say_with("{0} hours", {std::to_string(age_ms / hour_ms)});
  if (age_ms >= 2 * minute_ms) return say_with("{0} minutes", {std::to_string(age_ms / minute_ms)});
  return say_with("{0} s", {std::to_string(age_ms / 1000)});
}

std::string clock_difference_text(std::int64_t ahead_ms) {
  const std::int64_t off_ms = std::abs(ahead_ms);
  const std::string amount = age_text(off_ms);
  if (off_ms < 1000) return say_text("our clock agrees");
  return ahead_ms > 0 ? say_with("our clock is {0} ahead", {amount}) : say_with("our clock is {0} behind", {amount});
}

std::string clock_problem(const ClockFacts& facts) {
  if (facts.now_ms < facts.newest_own_ms) {
    return say_with(
        "this laptop's clock ({0}) is behind its own newest entry ({1}): set it right; what is entered is "
        "kept and marked all the same",
        {minute(facts.now_ms), minute(facts.newest_own_ms)});
  }
  if (facts.now_ms < facts.built_ms || facts.now_ms < facts.county_time_ms) {
    return say_with(
        "this laptop's clock ({0}) is behind {1} ({2}): set it right; entering goes on",
        {minute(facts.now_ms),
         facts.now_ms < facts.county_time_ms ? say("the time that the county told") : say("the making of this program"),
         minute(std::max(facts.built_ms, facts.county_time_ms))});
  }
  if (facts.ahead_ms && *facts.ahead_ms > clock_ahead_max_ms) {
    return say_with("this laptop's clock is {0} ahead of the county's: set it right; entering goes on",
                    {age_text(*facts.ahead_ms)});
  }
  return {};
}

std::vector<std::string> warnings_of(const history::StoreCounts& counts, std::int64_t now_ms) {
  std::vector<std::string> warnings;
  const auto say_if = [&](bool is_so, std::string text) {
    if (is_so && !text.empty()) warnings.push_back(std::move(text));
  };
  say_if(counts.contradictions > 0,
         say_with("the county contradicted {0} times what it had signed; the proof is kept, tell its administrator",
                  {std::to_string(counts.contradictions)}));
  say_if(true, unsynced_warning(counts, now_ms));
  say_if(counts.hidden_own > 0,
         say_with("the county hides {0} operations of this laptop; lists and records say why, ask the county",
                  {std::to_string(counts.hidden_own)}));
  say_if(counts.lost_signatures > 0,
         say_with("{0} operations went on in another epoch without their person's signature; sign them again",
                  {std::to_string(counts.lost_signatures)}));
  say_if(counts.unreadable > 0, say_with("{0} frames can be read by a newer program only; update this one",
                                         {std::to_string(counts.unreadable)}));
  say_if(counts.free_disk_bytes > 0 && counts.free_disk_bytes < disk_low_bytes,
         say_with("only {0} MB are free on the disk; make room", {std::to_string(counts.free_disk_bytes / 1'000'000)}));
  return warnings;
}

std::string certificate_warning(std::int64_t until_ms, std::int64_t county_time_ms) {
  if (until_ms == 0 || county_time_ms == 0 || until_ms - county_time_ms > certificate_warning_ms) return {};
  return say_with("this laptop's certificate ends {0}; the next sync renews it", {minute(until_ms)});
}

std::int64_t dispute_began_ms(const history::Dispute& dispute) {
  std::int64_t newest_ms = 0;
  for (const history::Head& head : dispute.heads) newest_ms = std::max(newest_ms, head.time.wall_ms);
  for (const history::Head& head : dispute.unseen_edits) newest_ms = std::max(newest_ms, head.time.wall_ms);
  return newest_ms;
}

std::int64_t oldest_dispute_ms(const std::vector<history::Dispute>& disputes) {
  std::int64_t oldest_ms = 0;
  for (const history::Dispute& dispute : disputes) {
    const std::int64_t began_ms = dispute_began_ms(dispute);
    if (oldest_ms == 0 || began_ms < oldest_ms) oldest_ms = began_ms;
  }
  return oldest_ms;
}

}  // namespace kuangxun::inspect
