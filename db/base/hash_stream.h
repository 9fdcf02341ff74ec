#pragma once

#include <memory>

#include "db/base/hash.h"

namespace kuangxun {

// The SHA-256 of bytes that come piece by piece.
class HashStream {
 public:
  HashStream();
  ~HashStream();
  void add(ByteView bytes);
  // Of everything so far; nothing can be added after it.
  Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kuangxun
