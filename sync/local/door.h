#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "db/writer/store_writer.h"
#include "sync/local/channel.h"

namespace kuangxun::local {

// Lets other programs of the same user on this machine write into the store of this one: each comes with a hand of its
// own, in the turn of a person who waits. A thread for each, and one that waits for the next; what breaks off in the
// middle of a message did nothing.
class Door {
 public:
  // After something was written; on a thread of the door. Must be short.
  using Changed = std::function<void()>;

  // The writer holds the folder's lock and lives longer.
  static Result<std::unique_ptr<Door>> open(writer::StoreWriter& writer, sqlite::LocalStore::World world,
                                            Changed changed);
  // Whoever is being served is cut off between two steps.
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

 private:
  struct Guest {
    std::unique_ptr<Channel> channel;
    std::thread thread;
    bool is_gone = false;  // protected by mutex_
  };
  Door(writer::StoreWriter& writer, sqlite::LocalStore::World world, Changed changed,
       std::unique_ptr<Listener> listener);
  void let_in();
  void serve(Guest& guest);
  // With the mutex held: those that are gone; how many are left.
  std::size_t see_off();

  writer::StoreWriter& writer_;
  sqlite::LocalStore::World world_;
  Changed changed_;
  std::unique_ptr<Listener> listener_;
  std::mutex mutex_;
  std::list<Guest> guests_;  // protected by mutex_; a guest stays where it is until it is gone
  std::thread thread_;       // the last: it begins when all else is there
};

}  // namespace kuangxun::local
