#include "app/county/command.h"
#include "app/county/new_keys.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Rotate final : Command {
  void describe(WordList& words) override { words.about(say_text("new keys, signed by the old ones")); }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_TRY(trusted, office->authority().trusted());
    const certificates::Certificate old{trusted.back()};
    KX_TRY(keys, make_keys(context, office->keys(), office->county().state().county, &old));
    KX_CHECK(ledger::rotate_key(office->county(), keys));
    context.out << say_with(
                       "the keys are new (in {0}); laptops take them over at their next sync; back the keys up again",
                       {context.address.keys.string()})
                << '\n';
    return exit_done;
  }
};

const Registered<Rotate> registered("keys rotate", 141);

}  // namespace
}  // namespace kuangxun::county
