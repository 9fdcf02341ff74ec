#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <vector>

#include "db/sqlite/store_memory.h"
#include "db/sqlite/table_builder.h"
#include "db/sqlite/tables/bulk_projection.h"

namespace kuangxun::sqlite {

// Shows what was kept and not shown yet, without anybody waiting: fills tables beside those that are shown, in short
// steps, each a transaction of its own, and swaps them at the end. What is committed between two steps goes into the
// shown tables as always, and is taken up before the swap. TableBuilder::reproject() is the same in one transaction,
// and what this is held to. The writer's thread.
class BesideTables {
 public:
  BesideTables(StoreParts& parts, StoreMemory& memory, TableBuilder& builder)
      : parts_(parts), memory_(memory), builder_(builder) {}

  // Whether there is more to do. After an error nothing of the tables beside remains, or it is taken away before the
  // next work and when the store is opened; the next step begins anew.
  Result<bool> step();

 private:
  enum class Stage { begin, gather, search_county, show_county, search_rest, show_rest, catch_up, clean };
  // The second set of tables, and what was gathered for them.
  struct Filling {
    explicit Filling(StoreParts& parts);
    Database database;
    Projection projection;
    HeadTable heads;
    OperationLog log;
    BulkProjection bulk;
    OperationKey gathered = 0;
    std::vector<std::uint64_t> through;  // by writer index: what these tables know of
    // Whatever changes these makes the tables beside useless.
    std::uint64_t removals = 0;
    std::uint64_t times_shown_anew = 0;
    history::Visibility visibility;
    // On a thread of its own, which touches nothing but what `bulk` has gathered; last, so that it ends first.
    std::future<HeadFinder::Part> search;
  };

  Result<bool> run_stage();
  Status begin();
  Status gather();
  Status begin_search(Result<BulkProjection::Search> search);
  // Whether it goes on; takes over what it found otherwise.
  Result<bool> is_searching();
  Result<bool> show_some();
  Status catch_up_or_swap();
  // Takes up some operations; how many were there to take up, up to `most`.
  Result<std::size_t> catch_up(std::size_t most);
  Status swap();
  Result<bool> clean();
  bool is_overtaken() const;
  void start_over();

  StoreParts& parts_;
  StoreMemory& memory_;
  TableBuilder& builder_;
  Stage stage_ = Stage::begin;
  std::unique_ptr<Filling> filling_;
  int starts_ = 0;
};

}  // namespace kuangxun::sqlite
