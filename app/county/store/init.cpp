#include "app/county/command.h"
#include "app/county/new_keys.h"
#include "db/base/assets_folder.h"
#include "db/language/language.h"
#include "db/registers/genesis.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/ingest.h"

namespace kuangxun::county {
namespace {

Error exists_already(const StoreAddress& address) {
  const std::string where = address.is_sqlite() ? address.sqlite_file.string() : "PostgreSQL";
  return Error(ErrorCode::bad_input, phrase("{0} holds a county database already; nothing was changed", {where}));
}

Status load_registers(Context& context, const std::filesystem::path& assets) {
  KX_TRY(office, context.open_office(Purpose::serve));
  KX_TRY(genesis, registers::build_genesis_frame(assets / "registers"));
  KX_CHECK(ledger::load_genesis(office->county(), genesis));
  return ledger::apply_all(office->county());
}

struct Init final : Command {
  std::string name = "特克斯县";
  bool is_empty = false;

  void describe(WordList& words) override {
    words.about(say_text("make the county database"));
    words.flag("--empty", is_empty, say_text("without the registers"));
    words.option("--name", "NAME", name, say_text("the county's name"));
  }
  Result<int> run(Context& context) override {
    const std::filesystem::path assets = is_empty ? std::filesystem::path() : assets_folder();
    KX_TRY(lock, lock_store(context.address));
    KX_TRY(store, context.open_store(Purpose::create));
    const auto known = store->state();
    if (known.ok()) {
      // A first init that was killed before the registers were in is taken up again.
      if (known->latest_sequence() > 0 || assets.empty()) return exists_already(context.address);
    } else if (known.error().code() != ErrorCode::not_found) {
      return known.error();
    } else {
      KeyFolder folder(context.address.keys);
      KX_CHECK(folder.make());
      const Uuid county = make_uuid(context.clock, context.random);
      KX_TRY(keys, make_keys(context, folder, county, nullptr));
      KX_CHECK(ledger::found_county({*store, folder, context.clock, context.random}, county, name, keys));
    }
    store.reset();
    if (!assets.empty()) KX_CHECK(load_registers(context, assets));
    context.out << say_with("the county database is made; its keys lie in {0}: back them up, encrypted",
                            {context.address.keys.string()})
                << '\n';
    return exit_done;
  }
};

const Registered<Init> registered("init", 100);

}  // namespace
}  // namespace kuangxun::county
