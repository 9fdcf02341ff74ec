#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Green final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("green mines")); }
};

const command_line::Registered<Green> registered("green", 500);

}  // namespace
}  // namespace kuangxun::cli
