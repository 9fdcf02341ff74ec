#include "app/cli/pin_signer.h"

#include "app/cli/terminal.h"
#include "db/base/files.h"
#include "db/base/language.h"
#include "db/base/limits.h"

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
  KX_TRY(again, read_secret_line(say_text("再输一次：", "once more: ")));
  if (again == pin) return pin;
  return Error(ErrorCode::bad_input, say_text("两次输入的口令不同，什么也没改", "the two differ; nothing was changed"));
}

Status PinSigner::before_signing(const Uuid& person) {
  if (outcome_ == Outcome::personal) return {};
  if (!office_.people().has_key(person)) {
    outcome_ = Outcome::device_only;
    return {};
  }
  KX_TRY(pin, read_pin(pin_file_, say_text("本人签名，请输入口令：", "your PIN, to sign: ")));
  KX_CHECK(office_.unlock(person, pin));
  outcome_ = Outcome::personal;
  return {};
}

std::string PinSigner::words() const {
  switch (outcome_) {
    case Outcome::none:
      break;
    case Outcome::device_only:
      return say_text("没有本人签名，只有本机作证（在本机登记人员：kuangxun person enrol）",
                      "not personally signed, on this laptop's word alone (register people: kuangxun person enrol)");
    case Outcome::personal:
      return say_text("已由本人签名", "personally signed");
  }
  return {};
}

}  // namespace kuangxun::cli
