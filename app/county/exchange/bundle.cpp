#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Bundle final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("bundles on a stick")); }
};

const command_line::Registered<Bundle> registered("bundle", 540);

}  // namespace
}  // namespace kuangxun::county
