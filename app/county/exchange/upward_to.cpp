#include "app/county/command.h"
#include "db/base/exchange_key.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/upward/ledger.h"

namespace kuangxun::county {
namespace {

struct To final : Command {
  std::string key;

  void describe(WordList& words) override {
    words.about(say_text("county: note the prefecture's key"));
    words.argument("KEY", key, say_text("the prefecture's key"));
  }
  Result<int> run(Context& context) override {
    const auto bytes = from_hex(key);
    if (!bytes.ok() || bytes->size() != 32) {
      return Error(ErrorCode::bad_input, phrase("the key has 64 hexadecimal characters: the prefecture's `upward key` "
                                                "prints it"));
    }
    PublicKey prefecture;
    prefecture.bytes = hash_from_bytes(*bytes).bytes;
    KX_CHECK(exchange_key_of(prefecture));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    upward::Ledger ledger(office->store(), office->county().state().county);
    KX_TRY(transaction, ports::Transaction::begin(office->store(), ports::Work::store));
    KX_TRY(peer, ledger.peer());
    peer.prefecture = prefecture;
    KX_CHECK(ledger.set_peer(peer));
    KX_CHECK(transaction.commit());
    context.out << say_text("the prefecture's key is noted") << '\n';
    return exit_done;
  }
};

const Registered<To> registered("upward to", 602);

}  // namespace
}  // namespace kuangxun::county
