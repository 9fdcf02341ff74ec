#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Upward final : command_line::Group {
  void describe(command_line::WordList& words) override {
    words.about(say_text("reporting to the prefecture, by files"));
  }
};

const command_line::Registered<Upward> registered("upward", 600);

}  // namespace
}  // namespace kuangxun::county
