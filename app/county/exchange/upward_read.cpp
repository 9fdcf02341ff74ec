#include "app/county/command.h"
#include "app/county/prefecture.h"
#include "db/base/files.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Read final : Command {
  std::filesystem::path file;
  std::filesystem::path receipt;

  void describe(WordList& words) override {
    words.about(say_text("prefecture: read a package"));
    words.argument("FILE", file, say_text("the package"));
    words.option("--receipt", "FILE", receipt, say_text("where the receipt goes"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(lock, lock_store(context.address));
    KX_TRY(key, prefecture_key(context));
    KX_TRY(read, upward::read_package(prefecture_of(context, key), file));
    if (!receipt.empty()) KX_CHECK(write_file_durably(receipt, read.receipt));
    const std::string text = read.outcome == upward::PackageOutcome::taken ? say_text("taken")
                             : read.outcome == upward::PackageOutcome::known
                                 ? say_text("read before, the same receipt again")
                                 : say_text("a later one holds all of it; here is the receipt of that one");
    context.out << say_with("{0} ({1}) package {2}: {3}; {4} new frames, {5} photos, through number {6}",
                            {read.county_name, read.county.text(), std::to_string(read.number), text,
                             std::to_string(read.frames), std::to_string(read.photos), std::to_string(read.through)})
                << '\n';
    if (read.forks > 0) {
      context.out << say_with("note: {0} frames contradict what came before and are kept apart",
                              {std::to_string(read.forks)})
                  << '\n';
    }
    return exit_done;
  }
};

const Registered<Read> registered("upward read", 607);

}  // namespace
}  // namespace kuangxun::county
