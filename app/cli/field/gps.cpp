#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Gps final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("positions")); }
};

const command_line::Registered<Gps> registered("gps", 600);

}  // namespace
}  // namespace kuangxun::cli
