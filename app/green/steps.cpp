#include "app/green/steps.h"

#include <algorithm>
#include <map>

#include "db/language/language.h"
#include "db/records/choices/green_step.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_step.h"

namespace kuangxun::green {
namespace {

namespace green_step = records::green_step;

constexpr std::int64_t team_min = 5;
constexpr std::int64_t senior_min = 2;

std::string_view label_of_step(std::int64_t step) {
  const auto* option = records::green_step_enumeration.find(step);
  return option == nullptr ? std::string_view("?") : either(option->chinese, option->english);
}

}  // namespace

std::vector<TeamFinding> team_findings(const records::Record& step) {
  std::vector<TeamFinding> findings;
  const auto find = [&](bool is_recorded, bool is_short, std::string recorded, std::string asked) {
    findings.push_back({(is_recorded ? std::move(recorded) : say_text(in_context("green", "not recorded"))) +
                            say_with(" (asked: {0})", {asked}),
                        is_recorded && is_short, !is_recorded});
  };
  const bool has_size = step.has(records::green_step::team_size);
  const std::int64_t size = step.integer(records::green_step::team_size);
  find(has_size, size < team_min, say_with("a team of {0}", {std::to_string(size)}), say_text("at least 5"));
  const std::int64_t intermediate = step.integer(records::green_step::team_intermediate);
  find(has_size && step.has(records::green_step::team_intermediate), intermediate < size,
       say_with("{0} of intermediate title or above", {std::to_string(intermediate)}), say_text("all"));
  const std::int64_t senior = step.integer(records::green_step::team_senior);
  find(step.has(records::green_step::team_senior), senior < senior_min,
       say_with("{0} senior", {std::to_string(senior)}), say_text("at least 2"));
  const bool full_time = step.integer(records::green_step::leader_is_full_time) != 0;
  find(step.has(records::green_step::leader_is_full_time), !full_time,
       full_time ? say_text("the leader is full-time staff") : say_text("the leader is not full-time staff"),
       say_text("full-time staff of the agency"));
  return findings;
}

std::vector<std::string> order_findings(const std::vector<records::Record>& steps) {
  std::vector<std::string> findings;
  std::map<std::int64_t, std::int64_t> first_day;
  for (const records::Record& step : steps)
    first_day.try_emplace(step.integer(records::green_step::step), step.integer(records::green_step::done_on));
  for (auto later = first_day.begin(); later != first_day.end(); ++later) {
    if (later->first > green_step::publication || later == first_day.begin()) continue;
    const auto earlier = std::prev(later);
    if (later->second >= earlier->second) continue;
    findings.push_back(say_with("\"{0}\" is dated before \"{1}\": check the days",
                                {label_of_step(later->first), label_of_step(earlier->first)}));
  }
  return findings;
}

std::string stage_text(const std::vector<records::Record>& steps) {
  const records::Record* last = nullptr;
  for (const records::Record& step : steps) {
    const std::int64_t number = step.integer(records::green_step::step);
    if (number > green_step::publication) continue;
    if (last == nullptr || number >= last->integer(records::green_step::step)) last = &step;
  }
  if (last == nullptr) return say_text("no step yet");
  return say_with("{0} ({1})", {last->display(records::green_step::step), last->display(records::green_step::done_on)});
}

}  // namespace kuangxun::green
