#pragma once

#include <optional>

#include "app/screens/ports.h"

namespace kuangxun::screens {

// The window's side of signing: a key that was unlocked stays so for a few minutes, so that a day's papers are not a
// PIN each; then, or when somebody else acts, it is forgotten. While it is locked, what deserves a signature fails and
// the workbench asks for the PIN and does it again. Window thread.
class WindowSigner final : public inspect::Signer {
 public:
  static constexpr std::int64_t unlocked_for_ms = 5LL * 60 * 1000;

  explicit WindowSigner(office::Office& office) : office_(office), clock_(office.world().clock) {}

  Status before_signing(const Uuid& person) override;
  // Whether a signature was asked for since this was last called.
  bool take_asked() { return std::exchange(was_asked_, false); }
  // It was asked for beside the window (BesideSigner).
  void note_asked() { was_asked_ = true; }
  bool is_unlocked(const Uuid& person) const { return !person.is_nil() && unlocked_ == person; }
  void note_unlocked(const Uuid& person);
  // Forgets a key that was not used for long.
  void tick();
  void lock();

 private:
  office::Office& office_;
  Clock& clock_;
  Uuid unlocked_;
  std::int64_t used_ms_ = 0;  // steady
  bool was_asked_ = false;
};

// The same for what goes on beside the window: whether the key was unlocked is settled when it begins. One worker.
class BesideSigner final : public inspect::Signer {
 public:
  // `office` is the worker's own.
  BesideSigner(office::Office& office, bool is_unlocked) : office_(office), is_unlocked_(is_unlocked) {}
  Status before_signing(const Uuid& person) override;
  bool was_asked() const { return was_asked_; }

 private:
  office::Office& office_;
  bool is_unlocked_ = false;
  bool was_asked_ = false;
};

}  // namespace kuangxun::screens
