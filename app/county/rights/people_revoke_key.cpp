#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"

namespace kuangxun::county {
namespace {

struct RevokeKey final : Command {
  std::string id_text;
  std::string reason;

  void describe(WordList& words) override {
    words.about(say_text("revoke a person's key"));
    words.argument("ID", id_text, say_text("id of the key"));
    take_reason(words, reason);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(check_reason(reason));
    KX_TRY(id, id_of(id_text));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(ledger::revoke_person_key(office->county(), id, reason));
    return exit_done;
  }
};

const Registered<RevokeKey> registered("people revoke-key", 233);

}  // namespace
}  // namespace kuangxun::county
