#pragma once

#include <functional>

#include "db/sqlite/store_parts.h"

namespace kuangxun::sqlite {

// What memory remembers of the file, and the only way to change both: in_transaction(), after whose failure memory is
// read anew, so that nothing is ever built on what a rollback took away.
class StoreMemory {
 public:
  explicit StoreMemory(StoreParts& parts) : parts_(parts) {}

  Status load();
  // The same while the kinds' tables are not there yet.
  Status load_log();
  // After frames of our own came home.
  Status load_next_sequence();
  // Runs `work` in a transaction. One at a time.
  Status in_transaction(const std::function<Status()>& work);
  // Inside a transaction: from now on the tables lag behind the rows of operations, or no longer do.
  Status set_behind(bool is_behind);

 private:
  Status load_key();
  Status load_behind();
  // The clock never goes back behind what this laptop wrote.
  Status observe_newest();

  StoreParts& parts_;
  bool is_stale_ = false;  // reading anew failed after a rollback; tried again before the next change
};

}  // namespace kuangxun::sqlite
