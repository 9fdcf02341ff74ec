#include "app/county/command.h"
#include "db/language/language.h"
#include "sync/bundle/read_bundle.h"
#include "sync/ledger/apply_stored.h"
#include "sync/requests/exchange.h"

namespace kuangxun::county {
namespace {

Result<std::vector<ExchangeSecret>> bundle_secrets(KeyFolder& folder) {
  KX_TRY(keys, folder.all_keys(KeyFolder::Use::bundle));
  std::vector<ExchangeSecret> secrets;
  for (const SigningKey& key : keys) {
    KX_TRY(secret, ExchangeSecret::of(key));
    secrets.push_back(std::move(secret));
  }
  return secrets;
}

struct Read final : Command {
  std::filesystem::path file;
  std::filesystem::path answers;

  void describe(WordList& words) override {
    words.about(say_text("take in a laptop's bundle"));
    words.argument("FILE", file, say_text("the bundle"));
    words.option("--answer", "FILE", answers, say_text("where the answers go"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_TRY(secrets, bundle_secrets(office->keys()));
    ledger::County& county = office->county();
    KX_CHECK(county.refresh());
    requests::Exchange::Parts parts{county, office->authority(), office->disk(),
                                    [&](const std::string& line) { context.err << line << '\n'; }};
    requests::Exchange exchange(std::move(parts));
    requests::Peer peer;
    peer.carrier = requests::Peer::Carrier::bundle;
    const bundle::County desk{county.state().county, secrets,
                              [&](const history::WriterId& writer) -> Result<std::optional<PublicKey>> {
                                const rights::Device* device = county.registry().find_device(writer);
                                return device == nullptr ? std::optional<PublicKey>() : std::optional(device->key);
                              },
                              [&](Bytes request) { return exchange.answer(std::move(request), peer).body; },
                              context.clock};
    KX_TRY(read, bundle::read_bundle(desk, file, answers));
    KX_CHECK(ledger::apply_all(county));
    context.out << say_with("read {0}: {1} requests, {2} frames, {3} pieces of photos, {4} refused",
                            {file.string(), std::to_string(read.requests), std::to_string(read.frames),
                             std::to_string(read.photo_pieces), std::to_string(read.refused)})
                << '\n';
    if (read.answers.has_value()) {
      context.out << say_with("the answers are in {0}: carry them back to the laptop", {answers.string()}) << '\n';
    }
    return exit_done;
  }
};

const Registered<Read> registered("bundle read", 541);

}  // namespace
}  // namespace kuangxun::county
