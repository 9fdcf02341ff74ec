#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Quarantine final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("what is kept and not shown")); }
};

const command_line::Registered<Quarantine> registered("quarantine", 240);

}  // namespace
}  // namespace kuangxun::county
