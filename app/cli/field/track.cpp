#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Track final : command_line::Group {
  void describe(command_line::WordList& words) override { words.about(say_text("tracks")); }
};

const command_line::Registered<Track> registered("track", 420);

}  // namespace
}  // namespace kuangxun::cli
