#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Export final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("write files")); }
};

const command_line::Registered<Export> registered("export", 460);

}  // namespace
}  // namespace kuangxun::cli
