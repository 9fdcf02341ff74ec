#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Area final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("walked areas against the line")); }
};

const command_line::Registered<Area> registered("area", 430);

}  // namespace
}  // namespace kuangxun::cli
