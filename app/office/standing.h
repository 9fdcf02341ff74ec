#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/office/county.h"
#include "db/history/record_store.h"

namespace kuangxun::office {

// Where the laptop stands with its county, beside the store's counts. Times are 0 when they are not known.
struct Standing {
  County county;
  std::string device_name;  // as the county knows it
  std::string device_role;
  std::string key_problem;  // why nothing can be signed; empty when all is well
  // Operations of this laptop: how far the county has their signed bytes, and how far its tables show them.
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  // Our clock less the county's when it last told its time.
  std::optional<std::int64_t> clock_ahead_ms;
  std::int64_t built_ms = 0;  // when this program was made
  std::filesystem::path log_folder;

  bool is_enrolled() const { return !county.url.empty(); }
};

// Why the clock looks wrong; empty when it does not.
std::string clock_problem(const Standing& standing, const history::StoreCounts& counts, std::int64_t now_ms);

// What people must be told wherever they are, in finished sentences, the gravest first.
std::vector<std::string> warnings_of(const Standing& standing, const history::StoreCounts& counts, std::int64_t now_ms);

}  // namespace kuangxun::office
