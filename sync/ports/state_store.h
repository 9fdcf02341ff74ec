#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/base/uuid.h"
#include "db/frames/frame_store.h"

namespace kuangxun::ports {

// About the county itself.
struct CountyState {
  Uuid county;  // also the device id under which the county writes
  std::string name;
  std::int64_t created_at_ms = 0;
  std::uint32_t incarnation = 1;  // of this store; grows when it was restored from a backup
  std::uint32_t epoch = 1;        // of the county's own chain that is written now
  std::uint32_t key_count = 0;    // key statements
  frames::Frontier frontier;      // a leaf for every frame: its size is the newest number of the county's sequence
  // The newest frame of any of the county's chains: who has read the registry up to here has read all of it.
  std::uint64_t registry_sequence = 0;
  std::uint64_t applied_sequence = 0;  // heads and typed tables show every frame up to here
  std::uint64_t latest_sequence() const { return frontier.size(); }
};

struct CountyCounts {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t parked = 0;
  std::uint64_t forks = 0;
  std::uint64_t disputed_records = 0;
  std::uint64_t attachments_whole = 0;
  std::uint64_t attachments_partial = 0;
  std::int64_t oldest_unapplied_ms = 0;          // when the oldest frame was received that no table shows yet; 0: none
  std::map<std::string, std::uint64_t> records;  // by kind, voided ones too
};

// The county as a whole: what it is, its keys, how much it holds.
class StateStore {
 public:
  virtual ~StateStore() = default;

  // not_found before the first set_state. County, name and time of creation never change; applied_sequence is written
  // by set_applied only.
  virtual Result<CountyState> state() = 0;
  virtual Status set_state(const CountyState& state) = 0;
  virtual Status set_applied(std::uint64_t applied_sequence) = 0;
  // As sealed (sync/wire/county_keys.h), the first one first.
  virtual Result<std::vector<Bytes>> key_statements() = 0;
  virtual Status add_key_statement(const Bytes& sealed) = 0;

  virtual Result<CountyCounts> counts() = 0;
};

}  // namespace kuangxun::ports
