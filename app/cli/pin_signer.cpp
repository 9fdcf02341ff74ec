#include "app/cli/pin_signer.h"

#include "app/cli/terminal.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::cli {

Result<std::string> read_pin(const std::string& file, const std::string& prompt) {
  if (file.empty()) return read_secret_line(prompt);
  KX_TRY(text, read_text_file(file, limits::pin_bytes_max + 2));
  std::string pin = text.substr(0, text.find('\n'));
  if (!pin.empty() && pin.back() == '\r') pin.pop_back();
  return pin;
}

Result<std::string> read_new_pin(const std::string& file, const std::string& prompt) {
  KX_TRY(pin, read_pin(file, prompt));
  if (!file.empty() || !is_typed_at_terminal()) return pin;
  KX_TRY(again, read_secret_line(say_text("once more: ")));
  if (again == pin) return pin;
  return Error(ErrorCode::bad_input, phrase("the two differ; nothing was changed"));
}

Status PinSigner::before_signing(const Uuid& person) {
  if (outcome_ == Outcome::personal) return {};
  if (!office_.people().has_key(person)) {
    outcome_ = Outcome::device_only;
    return {};
  }
  KX_TRY(pin, read_pin(pin_file_, say_text("your PIN, to sign: ")));
  KX_CHECK(office_.unlock(person, pin));
  outcome_ = Outcome::personal;
  return {};
}

std::string PinSigner::words() const {
  switch (outcome_) {
    case Outcome::none:
      break;
    case Outcome::device_only:
      return say_text("signed by this laptop only, not personally (register people: kuangxun person enrol)");
    case Outcome::personal:
      return say_text("personally signed");
  }
  return {};
}

}  // namespace kuangxun::cli
