#include "app/county/command.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Prepare final : Command {
  void describe(WordList& words) override {
    words.about(say_text("only the tables, for a prefecture to which counties replicate theirs"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::create));
    context.out << say_text("the tables are there, ready for replication") << '\n';
    return exit_done;
  }
};

const Registered<Prepare> registered("prepare", 130);

}  // namespace
}  // namespace kuangxun::county
