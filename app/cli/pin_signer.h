#pragma once

#include <string>

#include "app/office/office.h"

namespace kuangxun::cli {

// A PIN never stands on the command line, where every user of the machine could read it: it comes from `file`, or from
// the standard input (see read_secret_line). The first line counts.
Result<std::string> read_pin(const std::string& file, const std::string& prompt);
// One that is being chosen: at a terminal it is asked for twice.
Result<std::string> read_new_pin(const std::string& file, const std::string& prompt);

// Asks for the PIN of the person who acts, once, when something is about to be committed that deserves their signature.
class PinSigner final : public inspect::Signer {
 public:
  PinSigner(office::Office& office, std::string pin_file) : office_(office), pin_file_(std::move(pin_file)) {}
  Status before_signing(const Uuid& person) override;

  // Whether anything of this command deserved it, and what it got.
  enum class Outcome { none, device_only, personal };
  Outcome outcome() const { return outcome_; }
  // For people: what the record carries.
  std::string words() const;

 private:
  office::Office& office_;
  std::string pin_file_;
  Outcome outcome_ = Outcome::none;
};

}  // namespace kuangxun::cli
