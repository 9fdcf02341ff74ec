#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Read final : Command {
  std::filesystem::path file;

  void describe(WordList& words) override {
    words.about(say_text("read the county's answers; only then it is synced"));
    words.argument("FILE", file, say_text("the file that the county gave back"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(report,
           watched(context.err, [&](const Running& running) { return context.office.read_bundle(file, running); }));
    return show(context, office::tell(report));
  }
};

const Registered<Read> registered("bundle read", 322);

}  // namespace
}  // namespace kuangxun::cli
