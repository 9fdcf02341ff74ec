#include "app/county/command.h"
#include "db/base/files.h"
#include "db/language/language.h"
#include "sync/upward/ledger.h"
#include "sync/upward/write_package.h"

namespace kuangxun::county {
namespace {

constexpr std::uint64_t receipt_file_bytes_max = 1000;

struct Receipt final : Command {
  std::filesystem::path file;

  void describe(WordList& words) override {
    words.about(say_text("county: read the prefecture's receipt"));
    words.argument("FILE", file, say_text("the receipt"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(bytes, read_file(file, receipt_file_bytes_max));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    upward::Ledger ledger(office->store(), office->county().state().county);
    KX_TRY(entry, upward::take_receipt(office->county(), ledger, bytes));
    context.out << say_with("the prefecture has package {0}, through number {1}",
                            {std::to_string(entry.number), std::to_string(entry.through)})
                << '\n';
    return exit_done;
  }
};

const Registered<Receipt> registered("upward receipt", 604);

}  // namespace
}  // namespace kuangxun::county
