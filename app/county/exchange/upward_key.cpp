#include "app/county/command.h"
#include "app/county/prefecture.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Key final : Command {
  void describe(WordList& words) override { words.about(say_text("prefecture: make tables and key, print the key")); }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::create));
    KX_TRY(key, prefecture_key(context));
    context.out << to_hex(key.public_key().bytes) << '\n';
    return exit_done;
  }
};

const Registered<Key> registered("upward key", 605);

}  // namespace
}  // namespace kuangxun::county
