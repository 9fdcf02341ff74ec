#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Person final : command_line::Group {
  void describe(command_line::WordList& words) override {
    words.about(say_text("the people of this laptop, their PINs"));
  }
};

const command_line::Registered<Person> registered("person", 330);

}  // namespace
}  // namespace kuangxun::cli
