#include "app/county/command.h"
#include "db/language/language.h"
#include "sync/upward/receipt.h"

namespace kuangxun::county {
namespace {

struct Fingerprint final : Command {
  void describe(WordList& words) override {
    words.about(say_text("county: this county's id and fingerprint, to be told to the prefecture by telephone"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_TRY(statements, office->statements());
    context.out << office->county().state().county.text() << ' ' << upward::fingerprint_of(statements.back().key)
                << '\n';
    return exit_done;
  }
};

const Registered<Fingerprint> registered("upward fingerprint", 601);

}  // namespace
}  // namespace kuangxun::county
