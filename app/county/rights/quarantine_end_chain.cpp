#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"

namespace kuangxun::county {
namespace {

struct EndChain final : Command {
  std::string id_text;
  std::uint32_t epoch = 1;
  std::string reason;

  void describe(WordList& words) override {
    words.about(
        say_text("end a chain of which another is kept aside, or that others wait for in vain, also again after a "
                 "release; the laptop goes on in a new epoch"));
    take_device(words, id_text);
    take_epoch(words, epoch);
    take_reason(words, reason);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(check_reason(reason));
    KX_TRY(id, id_of(id_text));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(ledger::end_chain(office->county(), {id, epoch == 0 ? 1 : epoch}, reason));
    return exit_done;
  }
};

const Registered<EndChain> registered("quarantine end-chain", 243);

}  // namespace
}  // namespace kuangxun::county
