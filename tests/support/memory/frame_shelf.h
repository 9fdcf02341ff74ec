#pragma once

#include <map>
#include <memory>
#include <vector>

#include "db/frames/frame.h"

namespace kuangxun::tests {

using OperationPointer = std::shared_ptr<const history::Operation>;

// What frames say, read once for all stores of one process: reading is a pure function of the bytes, and dozens of
// simulated laptops read the same ones. Only for frames that were verified.
class FrameShelf {
 public:
  struct Content {
    bool is_readable = false;
    std::vector<OperationPointer> operations;
  };
  const Content& read(const frames::Frame& frame, const Hash& hash);

 private:
  std::map<Hash, Content> contents_;
};

}  // namespace kuangxun::tests
