#include "app/county/command.h"
#include "db/language/language.h"
#include "sync/ledger/county_life.h"

namespace kuangxun::county {
namespace {

struct Restored final : Command {
  void describe(WordList& words) override {
    words.about(say_text("say that the database was put back by other means"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(ledger::begin_incarnation(office->county(), 0, 0));
    context.out << say_text(
                       "noted that the county was restored from a backup: at their next sync the laptops offer again "
                       "what it lost")
                << '\n';
    return exit_done;
  }
};

const Registered<Restored> registered("restored", 550);

}  // namespace
}  // namespace kuangxun::county
