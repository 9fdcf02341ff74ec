#include <ostream>

#include "db/base/calendar.h"
#include "db/base/exchange_key.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/county/upward_duty.h"
#include "sync/upward/read_package.h"
#include "sync/upward/receipt.h"
#include "sync/upward/write_package.h"

// The county reports to its prefecture: by files, because the two networks are apart.
namespace kuangxun::county {
namespace {

constexpr std::uint64_t receipt_file_bytes_max = 1000;
const std::string prefecture_key_name = "prefecture";

Result<std::unique_ptr<Office>> open_office(World& world, const StoreAddress& address) {
  return Office::open({world.clock, world.random}, address, Purpose::write_beside);
}

Result<SigningKey> prefecture_key(World& world, const StoreAddress& address) {
  KeyFolder folder(address.keys);
  KX_CHECK(folder.make());
  return folder.own_key(prefecture_key_name, world.random);
}

upward::Prefecture prefecture_of(World& world, const StoreAddress& address, const SigningKey& key) {
  return {[&address](const Uuid& county) { return open_store(address, Purpose::write_beside, county); }, key,
          world.clock, world.random};
}

std::string time_of(std::int64_t utc_ms) {
  return format_instant(utc_ms, 0);
}

}  // namespace

Result<upward::WrittenPackage> write_upward(Office& office, const UpwardWords& words) {
  upward::Ledger ledger(office.store(), office.county().state().county);
  upward::PackageWish wish;
  wish.path = words.file;
  wish.photo_bytes_max = words.photos_mb << 20;
  wish.is_sealed = !words.is_plain;
  wish.from_start = words.from_start;
  std::error_code failure;
  if (std::filesystem::is_directory(wish.path, failure)) {
    const std::string time = replace_all(replace_all(time_of(office.county().clock().now_ms()), ":", ""), " ", "-");
    wish.path /= "county-" + office.county().state().county.text().substr(0, 8) + "-" + time + ".kxup";
  }
  return upward::write_package(office.county(), ledger, wish);
}

Status upward_fingerprint(World& world, const StoreAddress& address) {
  KX_TRY(office, open_office(world, address));
  KX_TRY(statements, office->statements());
  world.out << office->county().state().county.text() << ' ' << upward::fingerprint_of(statements.back().key) << '\n';
  return {};
}

Status upward_to(World& world, const StoreAddress& address, const std::string& key) {
  const auto bytes = from_hex(key);
  if (!bytes.ok() || bytes->size() != 32) {
    return Error(ErrorCode::bad_input, phrase("the key has 64 hexadecimal characters: the prefecture's `upward key` "
                                              "prints it"));
  }
  PublicKey prefecture;
  prefecture.bytes = hash_from_bytes(*bytes).bytes;
  KX_CHECK(exchange_key_of(prefecture));
  KX_TRY(office, open_office(world, address));
  upward::Ledger ledger(office->store(), office->county().state().county);
  KX_TRY(transaction, ports::Transaction::begin(office->store(), ports::Work::store));
  KX_TRY(peer, ledger.peer());
  peer.prefecture = prefecture;
  KX_CHECK(ledger.set_peer(peer));
  KX_CHECK(transaction.commit());
  world.out << say_text("the prefecture's key is noted") << '\n';
  return {};
}

Status upward_write(World& world, const StoreAddress& address, const UpwardWords& words) {
  KX_TRY(office, open_office(world, address));
  KX_TRY(written, write_upward(*office, words));
  world.out << say_with(
                   "package {0}: numbers {1}-{2}, {3} frames, {4} photos ({5} left), {6} bytes; read back",
                   {std::to_string(written.entry.number), std::to_string(written.entry.first_sequence),
                    std::to_string(written.entry.through), std::to_string(written.frames),
                    std::to_string(written.photos), std::to_string(written.photos_left), std::to_string(written.bytes)})
            << '\n';
  if (written.photos_damaged > 0) {
    world.out << say_with(
                     "attention: {0} photos are not what they were when they came (a damaged disk?) and were left "
                     "out: run `verify`",
                     {std::to_string(written.photos_damaged)})
              << '\n';
  }
  return {};
}

Status upward_receipt(World& world, const StoreAddress& address, const std::filesystem::path& file) {
  KX_TRY(bytes, read_file(file, receipt_file_bytes_max));
  KX_TRY(office, open_office(world, address));
  upward::Ledger ledger(office->store(), office->county().state().county);
  KX_TRY(entry, upward::take_receipt(office->county(), ledger, bytes));
  world.out << say_with("the prefecture has package {0}, through number {1}",
                        {std::to_string(entry.number), std::to_string(entry.through)})
            << '\n';
  return {};
}

Status upward_key(World& world, const StoreAddress& address) {
  KX_TRY(store, open_store(address, Purpose::create));
  KX_TRY(key, prefecture_key(world, address));
  world.out << to_hex(key.public_key().bytes) << '\n';
  return {};
}

Status upward_trust(World& world, const StoreAddress& address, const std::string& county,
                    const std::string& fingerprint) {
  const auto id = parse_uuid(county);
  if (!id.ok()) return id.error();
  if (upward::normal_fingerprint(fingerprint).size() != 24) {
    return Error(ErrorCode::bad_input, phrase("a fingerprint has 20 characters: the county's `upward fingerprint` "
                                              "prints it"));
  }
  KX_TRY(key, prefecture_key(world, address));
  KX_CHECK(upward::trust(prefecture_of(world, address, key), *id, fingerprint));
  world.out << say_text("trusted") << '\n';
  return {};
}

Status upward_read(World& world, const StoreAddress& address, const std::filesystem::path& file,
                   const std::filesystem::path& receipt) {
  KX_TRY(lock, lock_store(address));
  KX_TRY(key, prefecture_key(world, address));
  KX_TRY(read, upward::read_package(prefecture_of(world, address, key), file));
  if (!receipt.empty()) KX_CHECK(write_file_durably(receipt, read.receipt));
  const std::string text = read.outcome == upward::PackageOutcome::taken ? say_text("taken")
                           : read.outcome == upward::PackageOutcome::known
                               ? say_text("read before, the same receipt again")
                               : say_text("a later one holds all of it; here is the receipt of that one");
  world.out << say_with("{0} ({1}) package {2}: {3}; {4} new frames, {5} photos, through number {6}",
                        {read.county_name, read.county.text(), std::to_string(read.number), text,
                         std::to_string(read.frames), std::to_string(read.photos), std::to_string(read.through)})
            << '\n';
  if (read.forks > 0) {
    world.out << say_with("note: {0} frames contradict what came before and are kept apart",
                          {std::to_string(read.forks)})
              << '\n';
  }
  return {};
}

Status upward_counties(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(counties, upward::trusted_counties(*store));
  std::vector<std::string> lines;
  for (const Uuid& county : counties) {
    KX_TRY(own, open_store(address, Purpose::read_beside, county));
    upward::Ledger ledger(*own, county);
    KX_TRY(packages, ledger.packages());
    const auto state = own->state();
    JsonObject facts;
    facts.add("county", county.text());
    facts.add("name", state.ok() ? state->name : std::string());
    facts.add("packages", static_cast<std::uint64_t>(packages.size()));
    facts.add("newest_package", packages.empty() ? std::uint64_t{0} : packages.back().number);
    facts.add("through_sequence", packages.empty() ? std::uint64_t{0} : packages.back().through);
    facts.add("read_at", packages.empty() ? std::string() : time_of(packages.back().receipted_at_ms));
    facts.add("frames", state.ok() ? state->latest_sequence() : std::uint64_t{0});
    lines.push_back(facts.text());
  }
  world.out << (as_json ? "[" + join(lines, ",\n ") + "]" : join(lines, "\n")) << '\n';
  return {};
}

Result<UpwardState> upward_state(sql::SqlStore& store, const ports::CountyState& state, std::int64_t now_ms) {
  upward::Ledger ledger(store, state.county);
  UpwardState upward;
  KX_TRY(peer, ledger.peer());
  upward.is_reporting = peer.prefecture.has_value();
  KX_TRY(packages, ledger.packages());
  const auto newest = upward::newest_receipted(packages, state.incarnation);
  if (newest.has_value()) {
    upward.receipted_through = newest->through;
    upward.receipted_at_ms = newest->receipted_at_ms;
  }
  std::int64_t since_ms = newest.has_value() ? newest->receipted_at_ms : state.created_at_ms;
  const std::int64_t every_ms = peer.every_ms == 0 ? upward_every_ms_default : peer.every_ms;
  upward.is_overdue =
      upward.is_reporting && upward.receipted_through < state.latest_sequence() && now_ms - since_ms > every_ms;
  return upward;
}

Status note_upward_period(Office& office, std::int64_t every_ms) {
  upward::Ledger ledger(office.store(), office.county().state().county);
  KX_TRY(peer, ledger.peer());
  if (peer.every_ms == every_ms) return {};
  KX_TRY(transaction, ports::Transaction::begin(office.store(), ports::Work::store));
  peer.every_ms = every_ms;
  KX_CHECK(ledger.set_peer(peer));
  return transaction.commit();
}

Result<bool> write_upward_when_due(Office& office, const UpwardWords& words, std::int64_t every_ms) {
  KX_CHECK(office.county().refresh());
  upward::Ledger ledger(office.store(), office.county().state().county);
  KX_TRY(packages, ledger.packages());
  const std::int64_t now_ms = office.county().clock().now_ms();
  // A clock that went back must not silence the county for years.
  if (!packages.empty() && !packages.back().hash.is_zero()) {
    const std::int64_t since_ms = now_ms - packages.back().written_at_ms;
    if (since_ms >= 0 && since_ms < every_ms) return false;
  }
  KX_CHECK(make_folder(words.file));
  KX_CHECK(write_upward(office, words));
  return true;
}

}  // namespace kuangxun::county
