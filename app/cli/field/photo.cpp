#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Photo final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("photos")); }
};

const command_line::Registered<Photo> registered("photo", 440);

}  // namespace
}  // namespace kuangxun::cli
