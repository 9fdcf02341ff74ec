#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kuangxun::simulation {

// What can go wrong, each with a name; every one of them must have happened in a long enough run.
enum class Fault : std::uint8_t {
  request_lost,
  request_cut,
  request_late,
  answer_lost,
  answer_cut,
  answer_foreign,
  request_replayed,
  nonsense_sent,
  county_busy,
  county_disk_nearly_full,
  laptop_killed,
  laptop_killed_writing,
  laptop_disk_full,
  county_killed,
  county_killed_writing,
  county_disk_full,
  clock_1970,
  clock_2106,
  clock_day_ahead,
  clock_ten_years_ahead,
  clock_ten_years_back,
  clock_frozen,
  county_restored,
  county_restored_unnoticed,
  laptop_restored,
  laptop_cloned,
  device_revoked,
  laptop_key_lost,
  county_key_rotated,
  frame_unreadable,
  operation_meaningless,
  operation_without_right,
  signature_of_person_wrong,
  decision_released,
  edit_concurrent,
  void_against_edit,
  dispute_settled,
  stick_carried,
  stick_brought_news,
  stick_brought_twice,
  stick_lost,
  stick_damaged,
  stick_at_other_county,
  answers_brought_home,
  answers_lost,
  answers_damaged,
  answers_at_other_laptop,
  count_
};
constexpr std::size_t fault_count = static_cast<std::size_t>(Fault::count_);
std::string_view name_of(Fault fault);

// What a run did. Sums over seeds.
struct Tally {
  std::array<std::uint64_t, fault_count> faults{};
  std::uint64_t seeds = 0;
  std::uint64_t operations = 0;  // committed by people
  std::uint64_t frames = 0;      // in the counties' sequences at the end
  std::uint64_t sessions = 0;
  std::uint64_t requests = 0;
  std::uint64_t bytes = 0;          // of requests and answers
  std::uint64_t requests_most = 0;  // of one session
  std::uint64_t quiet_rounds = 0;
  std::uint64_t quiet_rounds_most = 0;  // of one seed
  std::uint64_t new_epochs = 0;
  std::uint64_t incarnations = 0;  // beyond the first
  std::uint64_t gone_with_hardware = 0;
  std::uint64_t chains_ended = 0;  // by the administrator, because no disk held what others waited for

  void count(Fault fault) { ++faults[static_cast<std::size_t>(fault)]; }
  std::uint64_t of(Fault fault) const { return faults[static_cast<std::size_t>(fault)]; }
  Tally& operator+=(const Tally& other);
  // A line each.
  std::string text() const;
};

}  // namespace kuangxun::simulation
