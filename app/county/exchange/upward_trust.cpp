#include "app/county/command.h"
#include "app/county/prefecture.h"
#include "db/language/language.h"
#include "sync/upward/receipt.h"

namespace kuangxun::county {
namespace {

struct Trust final : Command {
  std::string county;
  std::string fingerprint;

  void describe(WordList& words) override {
    words.about(say_text("prefecture: trust a county"));
    words.argument("COUNTY", county, say_text("the county's id"));
    words.argument("FINGERPRINT", fingerprint, say_text("its fingerprint"));
  }
  Result<int> run(Context& context) override {
    const auto id = parse_uuid(county);
    if (!id.ok()) return id.error();
    if (upward::normal_fingerprint(fingerprint).size() != 24) {
      return Error(ErrorCode::bad_input, phrase("a fingerprint has 20 characters: the county's `upward fingerprint` "
                                                "prints it"));
    }
    KX_TRY(key, prefecture_key(context));
    KX_CHECK(upward::trust(prefecture_of(context, key), *id, fingerprint));
    context.out << say_text("trusted") << '\n';
    return exit_done;
  }
};

const Registered<Trust> registered("upward trust", 606);

}  // namespace
}  // namespace kuangxun::county
