#include "app/screens/window_signer.h"

#include "db/language/language.h"

namespace kuangxun::screens {
namespace {

Error asks_for_signature() {
  return Error(ErrorCode::refused, phrase("it needs your signature: enter your PIN"));
}

}  // namespace

Status BesideSigner::before_signing(const Uuid& person) {
  if (is_unlocked_ || !office_.people().has_key(person)) return {};
  was_asked_ = true;
  return asks_for_signature();
}

Status WindowSigner::before_signing(const Uuid& person) {
  if (!office_.people().has_key(person)) return {};  // the views say that only the laptop vouches for it
  tick();
  if (unlocked_ == person) {
    used_ms_ = clock_.steady_ms();
    return {};
  }
  was_asked_ = true;
  return asks_for_signature();
}

void WindowSigner::note_unlocked(const Uuid& person) {
  unlocked_ = person;
  used_ms_ = clock_.steady_ms();
}

void WindowSigner::tick() {
  if (!unlocked_.is_nil() && clock_.steady_ms() - used_ms_ >= unlocked_for_ms) lock();
}

void WindowSigner::lock() {
  unlocked_ = {};
  office_.lock();
}

}  // namespace kuangxun::screens
