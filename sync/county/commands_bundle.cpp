#include <ostream>

#include "db/language/language.h"
#include "sync/bundle/read_bundle.h"
#include "sync/county/commands.h"
#include "sync/county/office.h"
#include "sync/ledger/apply_stored.h"

// The courier's stick at headquarters.
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

}  // namespace

Status read_bundle(World& world, const StoreAddress& address, const std::filesystem::path& file,
                   const std::filesystem::path& answers) {
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  KX_TRY(secrets, bundle_secrets(office->keys()));
  ledger::County& county = office->county();
  KX_CHECK(county.refresh());
  requests::Exchange::Parts parts{county, office->authority(), office->disk(),
                                  [&](const std::string& line) { world.err << line << '\n'; }};
  requests::Exchange exchange(std::move(parts));
  requests::Peer peer;
  peer.carrier = requests::Peer::Carrier::bundle;
  const bundle::County desk{county.state().county, secrets,
                            [&](const history::WriterId& writer) -> Result<std::optional<PublicKey>> {
                              const rights::Device* device = county.registry().find_device(writer);
                              return device == nullptr ? std::optional<PublicKey>() : std::optional(device->key);
                            },
                            [&](Bytes request) { return exchange.answer(std::move(request), peer).body; }, world.clock};
  KX_TRY(read, bundle::read_bundle(desk, file, answers));
  KX_CHECK(ledger::apply_all(county));
  world.out << say_with("read {0}: {1} requests, {2} frames, {3} pieces of photos, {4} refused",
                        {file.string(), std::to_string(read.requests), std::to_string(read.frames),
                         std::to_string(read.photo_pieces), std::to_string(read.refused)})
            << '\n';
  if (read.answers.has_value()) {
    world.out << say_with("the answers are in {0}: carry them back to the laptop", {answers.string()}) << '\n';
  }
  return {};
}

}  // namespace kuangxun::county
