#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"

namespace kuangxun::county {
namespace {

struct Revoke final : Command {
  std::string device;
  std::uint32_t epoch = 0;
  std::uint64_t from_sequence = 0;
  std::string reason;

  void describe(WordList& words) override {
    words.about(say_text("revoke a laptop"));
    take_device(words, device);
    words.option("--epoch", "N", epoch, say_text("epoch of the laptop (the newest)"));
    words.option("--from", "N", from_sequence,
                 say_text("first operation that is not shown (after what the county has)"));
    take_reason(words, reason);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(check_reason(reason));
    KX_TRY(id, id_of(device));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(office->county().refresh());
    const auto epochs = office->county().registry().epochs_of(id);
    history::WriterId writer{id, epoch};
    if (writer.epoch == 0 && !epochs.empty()) writer.epoch = epochs.back()->writer.epoch;
    std::uint64_t from = from_sequence;
    if (from == 0) {
      KX_TRY(chains, office->store().chains({&writer, 1}));
      from = chains.front().stored_through + 1;
    }
    KX_CHECK(ledger::revoke_device(office->county(), writer, from, reason));
    context.out << say_with("device {0} is revoked: operations from {1} on are not shown, and it cannot sync any more",
                            {id.text(), std::to_string(from)})
                << '\n';
    return exit_done;
  }
};

const Registered<Revoke> registered("revoke", 220);

}  // namespace
}  // namespace kuangxun::county
