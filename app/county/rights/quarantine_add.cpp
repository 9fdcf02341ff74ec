#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"

namespace kuangxun::county {
namespace {

struct Add final : Command {
  std::string id_text;
  std::uint32_t epoch = 1;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::string reason;

  void describe(WordList& words) override {
    words.about(say_text("hide operations"));
    take_device(words, id_text);
    take_epoch(words, epoch);
    words.option("--first", "N", first, say_text("first operation")).required();
    words.option("--last", "N", last, say_text("last operation")).required();
    take_reason(words, reason);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(check_reason(reason));
    KX_TRY(id, id_of(id_text));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(ledger::quarantine(office->county(), {id, epoch == 0 ? 1 : epoch}, {first, last}, reason));
    return exit_done;
  }
};

const Registered<Add> registered("quarantine add", 242);

}  // namespace
}  // namespace kuangxun::county
