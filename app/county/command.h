#pragma once

#include <ostream>

#include "app/command_line/command.h"
#include "app/command_line/reading.h"
#include "db/base/calendar.h"
#include "sync/county/office.h"

// A command of kuangxun-county. It prints to `out` what it was asked for and nothing else.
namespace kuangxun::county {

using command_line::exit_answer_is_no;
using command_line::exit_done;
using command_line::WordList;

// What a command works with.
struct Context {
  Clock& clock;
  Random& random;
  const StoreAddress& address;  // of --store, --keys and --disk
  std::ostream& out;
  std::ostream& err;

  Day today() const { return day_of(clock.now_ms(), beijing_offset_min); }
  Result<std::unique_ptr<sql::SqlStore>> open_store(Purpose purpose) const {
    return county::open_store(address, purpose);
  }
  Result<std::unique_ptr<Office>> open_office(Purpose purpose) const {
    return Office::open({clock, random}, address, purpose);
  }
};

class Command : public command_line::Command {
 public:
  // The exit code, or the error that the program prints in one line.
  virtual Result<int> run(Context& context) = 0;
};

template <std::derived_from<Command> OneCommand>
using Registered = command_line::Registered<OneCommand>;

}  // namespace kuangxun::county
