#include <ostream>

#include "db/base/exchange_key.h"
#include "db/language/language.h"
#include "db/registers/genesis.h"
#include "sync/county/commands.h"
#include "sync/county/office.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/ingest.h"

// A county begins, and changes its keys.
namespace kuangxun::county {
namespace {

Error exists_already(const StoreAddress& address) {
  const std::string where = address.is_sqlite() ? address.sqlite_file.string() : "PostgreSQL";
  return Error(ErrorCode::bad_input, phrase("{0} holds a county database already; nothing was changed", {where}));
}

// All that a key statement names, safe in the folder.
Result<ledger::CountyKeyFacts> make_keys(World& world, KeyFolder& folder, const Uuid& county,
                                         const certificates::Certificate* old_authority) {
  KX_TRY(signing, folder.make_key(KeyFolder::Use::county, world.random));
  KX_TRY(bundle, folder.make_key(KeyFolder::Use::bundle, world.random));
  KX_TRY(bundle_secret, ExchangeSecret::of(bundle));
  KX_TRY(authority, make_authority(folder, county, old_authority, world.clock.now_ms(), world.random));
  return ledger::CountyKeyFacts{signing.public_key(), bundle_secret.public_key(), sha256(authority.der)};
}

Status load_registers(World& world, const StoreAddress& address, const std::filesystem::path& assets) {
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::serve));
  KX_TRY(genesis, registers::build_genesis_frame(assets / "registers"));
  KX_CHECK(ledger::load_genesis(office->county(), genesis));
  return ledger::apply_all(office->county());
}

}  // namespace

Status init(World& world, const StoreAddress& address, const std::string& name, const std::filesystem::path& assets) {
  KX_TRY(lock, lock_store(address));
  KX_TRY(store, open_store(address, Purpose::create));
  const auto known = store->state();
  if (known.ok()) {
    // A first init that was killed before the registers were in is taken up again.
    if (known->latest_sequence() > 0 || assets.empty()) return exists_already(address);
  } else if (known.error().code() != ErrorCode::not_found) {
    return known.error();
  } else {
    KeyFolder folder(address.keys);
    KX_CHECK(folder.make());
    const Uuid county = make_uuid(world.clock, world.random);
    KX_TRY(keys, make_keys(world, folder, county, nullptr));
    KX_CHECK(ledger::found_county({*store, folder, world.clock, world.random}, county, name, keys));
  }
  store.reset();
  if (!assets.empty()) KX_CHECK(load_registers(world, address, assets));
  world.out << say_with("the county database is made; its keys lie in {0}: back them up, encrypted",
                        {address.keys.string()})
            << '\n';
  return {};
}

Status prepare(World& world, const StoreAddress& address) {
  KX_TRY(store, open_store(address, Purpose::create));
  world.out << say_text("the tables are there, ready for replication") << '\n';
  return {};
}

Status rotate_keys(World& world, const StoreAddress& address) {
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  KX_TRY(trusted, office->authority().trusted());
  const certificates::Certificate old{trusted.back()};
  KX_TRY(keys, make_keys(world, office->keys(), office->county().state().county, &old));
  KX_CHECK(ledger::rotate_key(office->county(), keys));
  world.out << say_with("the keys are new (in {0}); laptops take them over at their next sync; back the keys up again",
                        {address.keys.string()})
            << '\n';
  return {};
}

Status replace_keys(World& world, const StoreAddress& address) {
  KX_TRY(store, open_store(address, Purpose::write_beside));
  KX_TRY(state, store->state());
  KeyFolder folder(address.keys);
  KX_CHECK(folder.make());
  KX_TRY(keys, make_keys(world, folder, state.county, nullptr));
  KX_CHECK(ledger::replace_lost_key({*store, folder, world.clock, world.random}, keys));
  world.out << say_with(
                   "new keys are made (in {0}); the old one did not sign for them: every laptop needs a new "
                   "enrolment code",
                   {address.keys.string()})
            << '\n';
  return {};
}

Status note_restored(World& world, const StoreAddress& address) {
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  KX_CHECK(ledger::begin_incarnation(office->county(), 0, 0));
  world.out << say_text(
                   "noted that the county was restored from a backup: at their next sync the laptops offer again "
                   "what it lost")
            << '\n';
  return {};
}

}  // namespace kuangxun::county
