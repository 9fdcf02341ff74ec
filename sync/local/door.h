#pragma once

#include <functional>
#include <memory>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/result.h"

namespace kuangxun::writer {
class StoreWriter;
}

namespace kuangxun::local {

// Lets other programs of the same user on this machine write into the store of this one: each comes with a hand of its
// own, in the turn of a person who waits. A thread for each, and one that waits for the next; what breaks off in the
// middle of a message did nothing.
class Door {
 public:
  // After something was written; on a thread of the door. Must be short.
  using Changed = std::function<void()>;

  // The writer holds the folder's lock and lives longer. Clock and chance must be safe to ask from any thread.
  static Result<std::unique_ptr<Door>> open(writer::StoreWriter& writer, Clock& clock, Random& random, Changed changed);
  // Whoever is being served is cut off between two steps.
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

 private:
  class Guests;
  explicit Door(std::unique_ptr<Guests> guests);
  std::unique_ptr<Guests> guests_;
};

}  // namespace kuangxun::local
