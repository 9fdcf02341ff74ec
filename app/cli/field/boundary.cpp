#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Boundary final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("licence boundaries")); }
};

const command_line::Registered<Boundary> registered("boundary", 410);

}  // namespace
}  // namespace kuangxun::cli
