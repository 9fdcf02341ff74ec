#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Write final : Command {
  std::filesystem::path file;

  void describe(WordList& words) override {
    words.about(say_text("write what is not at the county yet into a file that only the county can open"));
    words.argument("FILE", file, say_text(in_context("cli", "the file to write")));
  }
  Result<int> run(Context& context) override {
    KX_TRY(written,
           watched(context.err, [&](const Running& running) { return context.office.write_bundle(file, running); }));
    return show(context, office::tell(written, file));
  }
};

const Registered<Write> registered("bundle write", 321);

}  // namespace
}  // namespace kuangxun::cli
