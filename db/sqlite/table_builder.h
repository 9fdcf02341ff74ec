#pragma once

#include <functional>
#include <vector>

#include "db/sqlite/rebuild_path.h"
#include "db/sqlite/store_memory.h"

namespace kuangxun::sqlite {

// Makes the tables again: all of them from the frames, or only what is shown from the operations that are here.
class TableBuilder {
 public:
  TableBuilder(StoreParts& parts, StoreMemory& memory) : parts_(parts), memory_(memory) {}

  // All of them, in a transaction of its own. What is unsealed is carried over.
  Status rebuild(RebuildPath path);
  // The same when the descriptions of records are others than those that the tables were made for.
  Status refresh_descriptions();
  // What a pull brought and nobody has seen yet.
  Status show_pulled();
  // Inside a transaction: what is shown, from the rows of operations.
  Status reproject();

 private:
  Status clear_projection();
  Status clear_tables();
  // Inside a transaction.
  Status rebuild_all(RebuildPath path);
  Status rebuild_bulk(const std::vector<history::Operation>& unsealed);
  Status rebuild_incrementally(const std::vector<history::Operation>& unsealed);
  Result<std::vector<history::Operation>> unsealed_operations();
  Status for_each_operation(const std::vector<history::Operation>& unsealed,
                            const std::function<Status(const history::Operation&)>& visit);

  StoreParts& parts_;
  StoreMemory& memory_;
};

}  // namespace kuangxun::sqlite
