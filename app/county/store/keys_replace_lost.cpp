#include "app/county/command.h"
#include "app/county/new_keys.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct ReplaceLost final : Command {
  void describe(WordList& words) override {
    words.about(say_text("new keys when the old ones are lost; laptops need new codes"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::write_beside));
    KX_TRY(state, store->state());
    KeyFolder folder(context.address.keys);
    KX_CHECK(folder.make());
    KX_TRY(keys, make_keys(context, folder, state.county, nullptr));
    KX_CHECK(ledger::replace_lost_key({*store, folder, context.clock, context.random}, keys));
    context.out << say_with(
                       "new keys are made (in {0}); the old one did not sign for them: every laptop needs a new "
                       "enrolment code",
                       {context.address.keys.string()})
                << '\n';
    return exit_done;
  }
};

const Registered<ReplaceLost> registered("keys replace-lost", 142);

}  // namespace
}  // namespace kuangxun::county
