#include "sync/county/commands.h"

#include <ostream>

#include "db/base/calendar.h"
#include "db/base/language.h"
#include "db/base/text.h"
#include "db/registers/genesis.h"
#include "sync/county/json.h"
#include "sync/county/key_folder.h"
#include "sync/server/exchange.h"
#include "sync/server/http_server.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::county {
namespace {

constexpr std::int64_t ticket_lifetime_ms = 7LL * 24 * 3600 * 1000;

Error exists_already(const StoreAddress& address) {
  const std::string where = address.is_sqlite() ? address.sqlite_file.string() : "PostgreSQL";
  return Error(ErrorCode::bad_input, say_with("{0} 里已有县库，没有改动",
                                              "{0} holds a county database already; nothing was "
                                              "changed",
                                              {where}));
}

Error other_key(const StoreAddress& address) {
  return Error(ErrorCode::refused,
               say_with("{0} 里的密钥不是这个县库的，请用 --keys 指定正确的文件夹",
                        "the key in {0} is not this county database's: name the right folder by --keys",
                        {address.keys.string()}));
}

// The identity in the store, or a new one.
Result<server::CountyIdentity> establish_identity(World& world, server::CountyStore& store, const std::string& name,
                                                  const PublicKey& key) {
  auto known = store.identity();
  if (known.ok() || known.error().code() != ErrorCode::not_found) return known;
  const server::CountyIdentity identity{make_uuid(world.clock, world.random), key, name, world.clock.now_ms()};
  KX_TRY(transaction, server::Transaction::begin(store));
  KX_CHECK(store.create_identity(identity));
  KX_CHECK(transaction.commit());
  return identity;
}

std::string shown_time(std::int64_t utc_ms) {
  return utc_ms == 0 ? std::string() : format_minute(utc_ms, beijing_offset_min);
}

}  // namespace

Status init(World& world, const StoreAddress& address, const std::string& name, const std::filesystem::path& assets) {
  KX_TRY(lock, lock_store(address));
  KX_TRY(store, open_store(address, Purpose::create));
  const auto known = store->identity();
  if (known.ok()) {
    // A first init that was killed before the registers were in is taken up again.
    KX_TRY(latest, store->latest_sequence());
    if (latest > 0 || assets.empty()) return exists_already(address);
  }
  KX_TRY(key, make_county_key(address.keys, world.random));
  KX_TRY(identity, establish_identity(world, *store, name, key.public_key()));
  if (identity.key != key.public_key()) return other_key(address);
  if (!assets.empty()) {
    KX_TRY(genesis, registers::build_genesis_frame(assets / "registers"));
    KX_CHECK(server::load_genesis(*store, {identity, key, world.clock}, genesis));
  }
  world.out << say_with("已建立县库；密钥在 {0}，请加密备份",
                        "the county database is made; its key lies in {0}: back it up, "
                        "encrypted",
                        {address.keys.string()})
            << '\n';
  return {};
}

Status serve(World& world, const StoreAddress& address, const std::string& host, std::uint16_t port) {
  KX_TRY(lock, lock_store(address));
  KX_TRY(store, open_store(address, Purpose::serve));
  KX_TRY(identity, store->identity());
  KX_TRY(key, read_county_key(address.keys));
  if (key.public_key() != identity.key) return other_key(address);
  // What was stored but not applied when the last server was killed.
  KX_CHECK(server::apply_stored(*store, identity, world.clock));
  const server::CountyAuthority authority{identity, key, world.clock};
  const auto log = [&](const std::string& line) {
    world.log << format_instant(world.clock.now_ms(), beijing_offset_min) << ' ' << line << std::endl;
  };
  server::Exchange exchange(*store, authority, log);
  KX_TRY(http,
         server::HttpServer::listen(host, port, [&](Bytes request) { return exchange.answer(std::move(request)); }));
  http->stop_on_signals();
  world.out << say_with("县级服务在 http://{0}", "the county serves at http://{0}", {http->address()}) << std::endl;
  http->run();
  log(say_text("已停止", "stopped"));
  return {};
}

Status enrol(World& world, const StoreAddress& address, const std::string& name, const std::string& role) {
  if (name.empty() || !is_clean_utf8(name) || count_code_points(name) > 100) {
    return Error(ErrorCode::bad_input, say_text("--name 应为 1 到 100 个字", "--name must have 1 to 100 characters"));
  }
  KX_TRY(store, open_store(address, Purpose::write_beside));
  KX_TRY(identity, store->identity());
  const wire::EnrolmentCode code = wire::make_enrolment_code(identity.key, world.random);
  const std::int64_t now_ms = world.clock.now_ms();
  KX_TRY(transaction, server::Transaction::begin(*store));
  KX_CHECK(store->add_ticket(
      {wire::enrolment_secret_hash(code.secret), name, role, now_ms, now_ms + ticket_lifetime_ms, {}}));
  KX_CHECK(transaction.commit());
  world.out << code.text() << '\n';
  return {};
}

Status devices(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(identity, store->identity());
  KX_TRY(all, store->devices());
  std::vector<std::string> rows;
  for (const server::Device& device : all) {
    KX_TRY(chain, store->chain(device.writer));
    if (!as_json) {
      world.out << device.writer.device.text() << "  " << device.name << "  " << device.role << "  "
                << shown_time(device.enrolled_at_ms) << "  " << chain.applied_through << '/' << chain.stored_through
                << '\n';
      continue;
    }
    JsonObject row;
    row.add("id", device.writer.device.text());
    row.add("epoch", std::uint64_t{device.writer.epoch});
    row.add("name", device.name);
    row.add("role", device.role);
    row.add("revoked", device.is_revoked);
    row.add("enrolled_at", format_instant(device.enrolled_at_ms, 0));
    row.add("stored_through", chain.stored_through);
    row.add("applied_through", chain.applied_through);
    rows.push_back(row.text());
  }
  if (as_json) world.out << '[' << join(rows, ",\n ") << "]\n";
  return {};
}

Status status(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(identity, store->identity());
  KX_TRY(counts, store->counts());
  JsonObject records;
  for (const auto& [kind, count] : counts.records) records.add(kind, count);
  JsonObject facts;
  facts.add("county_id", identity.county.text());
  facts.add("name", identity.name);
  facts.add("store", std::string(address.is_sqlite() ? "sqlite" : "postgresql"));
  facts.add("schema_version", static_cast<std::uint64_t>(server::SqlStore::schema_version));
  facts.add("devices", counts.devices);
  facts.add("frames", counts.frames);
  facts.add("latest_sequence", counts.latest_sequence);
  facts.add("unapplied_frames", counts.unapplied_frames);
  facts.add("operations", counts.operations);
  facts.add("parked", counts.parked);
  facts.add("quarantined", counts.quarantined);
  facts.add("disputes", counts.disputed_records);
  facts.add("attachments_whole", counts.attachments_whole);
  facts.add("attachments_partial", counts.attachments_partial);
  facts.add("last_received_at", counts.last_received_ms == 0 ? "" : format_instant(counts.last_received_ms, 0));
  if (as_json) {
    facts.add_raw("records", records.text());
    world.out << facts.text() << '\n';
    return {};
  }
  world.out << identity.name << '\n';
  for (const auto& [name, value] : facts.members()) world.out << "  " << name << ": " << value << '\n';
  for (const auto& [kind, count] : counts.records) {
    if (count > 0) world.out << "  " << kind << ": " << count << '\n';
  }
  return {};
}

}  // namespace kuangxun::county
