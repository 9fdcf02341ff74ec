#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/base/uuid.h"

namespace kuangxun::local {
class Door;
class RemoteStore;
}  // namespace kuangxun::local
namespace kuangxun::sqlite {
class LaptopStore;
class LocalStore;
}  // namespace kuangxun::sqlite
namespace kuangxun::writer {
enum class Turn : std::uint8_t;
}  // namespace kuangxun::writer

namespace kuangxun::office {

// What all hands on one folder share: the thread that owns the store, and the log.
struct SharedStore;

// One thread's hand on the store of a data folder. Nothing is opened before it is asked for, and what was opened stays:
// to read first, to write as soon as something needs that. Whoever writes first takes the folder's lock for all hands;
// where a window of another program has it, what is written goes through that (sync/local).
class StoreHand {
 public:
  // The first hand on a folder.
  StoreHand(std::filesystem::path folder, Clock& clock, Random& random);
  ~StoreHand();
  StoreHand(StoreHand&&) noexcept;
  StoreHand& operator=(StoreHand&&) = delete;
  // For another thread, on the same store; it signs for whoever signs here now. To be called on this hand's thread;
  // either may go first.
  Result<StoreHand> beside(writer::Turn turn);

  // Makes the store of this folder writable by what was just created.
  void take_over(std::unique_ptr<sqlite::LocalStore> created);
  Result<sqlite::LaptopStore*> to_read();
  // Reads what is written, too. busy when another program holds the folder and takes no guests.
  Result<sqlite::LaptopStore*> to_write();
  Status rebuild();

  // From now on what deserves it is signed by this person, with this hand alone.
  Status unlock(const Uuid& person, SigningKey key);
  void lock();

  // Takes the folder's lock. busy when another program has it.
  Status hold();
  // The same, and lets other programs on this machine write through this one for as long as the door is there; null
  // where the medium has no sockets. `changed` is called after each thing that they wrote, on a thread of the door.
  Result<std::unique_ptr<local::Door>> serve(std::function<void()> changed);

  // One line for whoever looks later. From any thread.
  void log(const std::string& line) const;

 private:
  std::filesystem::path folder_;
  Clock& clock_;
  Random& random_;
  std::shared_ptr<SharedStore> shared_;
  writer::Turn turn_;
  std::unique_ptr<sqlite::LocalStore> reader_;  // until something is written; stays for whoever has it
  std::unique_ptr<sqlite::LaptopStore> writer_;
  local::RemoteStore* remote_ = nullptr;  // the writer, where another program holds the folder
  Uuid signer_;                           // whose key was unlocked here; nil for nobody
  std::shared_ptr<const SigningKey> key_;
};

}  // namespace kuangxun::office
