#include "app/command_line/command.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Criteria final : command_line::Group {
  void describe(command_line::WordList& words) override {
    words.about(say_text("the rules: which are in force, lint, explain, publish"));
  }
};

const command_line::Registered<Criteria> registered("criteria", 200);

}  // namespace
}  // namespace kuangxun::cli
