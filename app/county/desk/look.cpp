#include "app/county/command.h"
#include "app/county/desk.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Look final : Command {
  std::string place;
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("a place's dossier and verdicts"));
    words.argument("PLACE", place, say_text("id or name of the place"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(desk::look({context.address, context.today(), context.out, context.err}, place, is_json));
    return exit_done;
  }
};

const Registered<Look> registered("look", 150);

}  // namespace
}  // namespace kuangxun::county
