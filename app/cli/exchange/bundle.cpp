#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Bundle final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("exchange by a stick")); }
};

const command_line::Registered<Bundle> registered("bundle", 320);

}  // namespace
}  // namespace kuangxun::cli
