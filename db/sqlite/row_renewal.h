#pragma once

#include <cstdint>

#include "db/sqlite/store_memory.h"

namespace kuangxun::sqlite {

// The first half of a rebuild in short steps: makes the rows of operations say again what the frames say. After it
// nothing is shown anew yet, but said to be: BesideTables does that. TableBuilder::rebuild() is both in one
// transaction, and what this is held to. The writer's thread.
class RowRenewal {
 public:
  RowRenewal(StoreParts& parts, StoreMemory& memory) : parts_(parts), memory_(memory) {}

  // The frames behind the place `done`, 0 to begin with, which it moves; whether there are more. In a transaction of
  // its own.
  Result<bool> step(std::int64_t& done);

 private:
  // True at the end of the frames.
  Result<bool> renew_some(std::int64_t& done);
  Status renew(const frames::Frame& frame);
  Status remove_unsigned();

  StoreParts& parts_;
  StoreMemory& memory_;
};

}  // namespace kuangxun::sqlite
