#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Keys final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("the county's keys")); }
};

const command_line::Registered<Keys> registered("keys", 140);

}  // namespace
}  // namespace kuangxun::county
