#pragma once

#include <ostream>

#include "app/cli/pin_signer.h"
#include "app/command_line/command.h"
#include "app/command_line/reading.h"
#include "app/office/office.h"

namespace kuangxun::cli {

using command_line::exit_answer_is_no;
using command_line::exit_bad_input;
using command_line::exit_done;
using command_line::WordList;

// What a command works with.
struct Context {
  office::Office& office;
  Uuid person;
  PinSigner& signer;
  bool is_json = false;
  std::ostream& out;
  std::ostream& err;

  Clock& clock() const { return office.world().clock; }
  Random& random() const { return office.world().random; }
  const std::filesystem::path& assets() const { return office.world().assets; }
  inspect::Desk desk(history::RecordStore& store) const { return office.desk(store, person, &signer); }
  Day today() const { return day_of(clock().now_ms(), beijing_offset_min); }
};

// A command of kuangxun.
class Command : public command_line::Command {
 public:
  // The exit code, or the error that the program prints in one line.
  virtual Result<int> run(Context& context) = 0;
  // What changes nothing leaves no trace, in the log neither.
  virtual bool is_logged() const { return true; }
  // Where the PIN is read from instead of the terminal.
  const std::string& pin_file() const { return pin_file_; }

 protected:
  // For one that may need the person's signature.
  void take_pin_file(WordList& words);

 private:
  std::string pin_file_;
};

template <std::derived_from<Command> OneCommand>
using Registered = command_line::Registered<OneCommand>;

}  // namespace kuangxun::cli
