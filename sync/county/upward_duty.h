#pragma once

#include "sync/county/office.h"
#include "sync/upward/write_package.h"

// Reporting to the prefecture, a file at a time, because the two networks are apart.
namespace kuangxun::county {

// When nobody said how often: a week.
constexpr std::int64_t upward_every_ms_default = 7LL * 24 * 3600 * 1000;

struct UpwardState {
  bool is_reporting = false;  // the prefecture's key is known
  std::uint64_t receipted_through = 0;
  std::int64_t receipted_at_ms = 0;  // 0: never
  bool is_overdue = false;           // something is not receipted, and the last receipt is older than the period
};
Result<UpwardState> upward_state(sql::SqlStore& store, const ports::CountyState& state, std::int64_t now_ms);

struct UpwardWords {
  std::filesystem::path file;  // a folder gets a file of its own name
  std::uint64_t photos_mb = 0;
  bool is_plain = false;
  bool from_start = false;
};
Result<upward::WrittenPackage> write_upward(Office& office, const UpwardWords& words);
// For `status`, which must know when a receipt is late.
Status note_upward_period(Office& office, std::int64_t every_ms);
// Writes into the folder `words.file` when the newest package is older than the period. Whether it did.
Result<bool> write_upward_when_due(Office& office, const UpwardWords& words, std::int64_t every_ms);

}  // namespace kuangxun::county
