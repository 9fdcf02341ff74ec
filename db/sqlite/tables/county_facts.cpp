#include "db/sqlite/tables/county_facts.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/sqlite/tables/settings.h"

// Nothing that the county signed is ever thrown away: an older checkpoint becomes one of an earlier incarnation, a
// contradiction stays beside what it contradicts. Only what is newer takes the place of what it continues.
namespace kuangxun::sqlite {
namespace {

constexpr std::string_view county_setting = "county";
constexpr std::string_view incarnation_setting = "county_incarnation";
constexpr std::string_view frontier_setting = "county_frontier";

Bytes copy_of(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

Status CountyFacts::load() {
  known_ = {};
  KX_TRY(county, read_setting(database_, county_setting));
  if (!county.has_value()) return {};
  KX_TRY(id, parse_uuid(*county));
  known_.county = id;
  KX_TRY(select, database_.statement("SELECT first_epoch, public_key FROM county_signer ORDER BY first_epoch"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    frames::CountySigner signer;
    signer.first_epoch = static_cast<std::uint32_t>(select->integer(0));
    signer.key.bytes = hash_from_bytes(select->bytes(1)).bytes;
    known_.signers.push_back(signer);
  }
  select->reset();
  return {};
}

Status CountyFacts::add(const frames::KnownCounty& county) {
  const auto contradicts = [&](const frames::CountySigner& signer) {
    const auto same = std::ranges::find(known_.signers, signer.first_epoch, &frames::CountySigner::first_epoch);
    return same != known_.signers.end() && same->key != signer.key;
  };
  if (county.county.is_nil() || (!known_.county.is_nil() && known_.county != county.county)) {
    return Error(ErrorCode::bad_input,
                 phrase("this laptop's data belong to another county database; they belong to one only"));
  }
  if (std::ranges::any_of(county.signers, contradicts)) {
    return Error(ErrorCode::bad_input, phrase("the county's key differs from the one known here and was not taken; "
                                              "ask the administrator"));
  }
  KX_CHECK(write_setting(database_, county_setting, county.county.text()));
  for (const frames::CountySigner& signer : county.signers) {
    KX_TRY(insert, database_.statement("INSERT OR IGNORE INTO county_signer (first_epoch, public_key) VALUES (?, ?)"));
    insert->bind(0, std::int64_t{signer.first_epoch});
    insert->bind(1, ByteView(signer.key.bytes));
    KX_CHECK(insert->run());
  }
  return load();
}

Result<frames::CountyMark> CountyFacts::mark() {
  frames::CountyMark mark;
  KX_TRY(incarnation, read_setting_number(database_, incarnation_setting));
  mark.incarnation = static_cast<std::uint32_t>(incarnation);
  KX_TRY(bytes, read_setting_bytes(database_, frontier_setting));
  if (!bytes.has_value()) return mark;
  KX_TRY(frontier, frames::Frontier::decode(*bytes));
  mark.frontier = std::move(frontier);
  return mark;
}

Status CountyFacts::set_mark(const frames::CountyMark& mark) {
  KX_CHECK(write_setting(database_, incarnation_setting, std::to_string(mark.incarnation)));
  return write_setting_bytes(database_, frontier_setting, mark.frontier.encode());
}

Result<Bytes> CountyFacts::checkpoint_in(CheckpointState state) {
  KX_TRY(select, database_.statement("SELECT bytes FROM checkpoint WHERE state = ?"));
  select->bind(0, static_cast<std::int64_t>(state));
  KX_TRY(row, select->step());
  Bytes sealed;
  if (row) sealed = copy_of(select->bytes(0));
  select->reset();
  return sealed;
}

Status CountyFacts::insert_checkpoint(CheckpointState state, const Bytes& sealed, const Hash* own_root) {
  KX_TRY(insert, database_.statement("INSERT INTO checkpoint (state, own_root, since_ms, bytes) VALUES (?, ?, ?, ?)"));
  insert->bind(0, static_cast<std::int64_t>(state));
  insert->bind_null(1);
  if (own_root != nullptr) insert->bind(1, ByteView(own_root->bytes));
  insert->bind(2, clock_.now_ms());
  insert->bind(3, ByteView(sealed));
  return insert->run();
}

Status CountyFacts::set_checkpoint(CheckpointState state, const Bytes& sealed) {
  KX_TRY(remove, database_.statement("DELETE FROM checkpoint WHERE state = ?"));
  remove->bind(0, static_cast<std::int64_t>(state));
  KX_CHECK(remove->run());
  return insert_checkpoint(state, sealed, nullptr);
}

Status CountyFacts::retire_checkpoint() {
  KX_TRY(update, database_.statement("UPDATE checkpoint SET state = ? WHERE state IN (?, ?)"));
  update->bind(0, static_cast<std::int64_t>(CheckpointState::earlier_incarnation));
  update->bind(1, static_cast<std::int64_t>(CheckpointState::newest));
  update->bind(2, static_cast<std::int64_t>(CheckpointState::promised));
  return update->run();
}

Status CountyFacts::add_contradiction(const Bytes& sealed, const Hash& own_root) {
  KX_TRY(select, database_.statement("SELECT 1 FROM checkpoint WHERE state = ? AND bytes = ? AND own_root = ?"));
  select->bind(0, static_cast<std::int64_t>(CheckpointState::contradiction));
  select->bind(1, ByteView(sealed));
  select->bind(2, ByteView(own_root.bytes));
  KX_TRY(is_known, select->step());
  select->reset();
  return is_known ? Status() : insert_checkpoint(CheckpointState::contradiction, sealed, &own_root);
}

Status CountyFacts::add_receipt(std::int64_t writer_index, std::uint64_t stored_through, const Bytes& sealed) {
  if (sealed.empty()) return {};
  KX_TRY(insert, database_.statement("INSERT OR IGNORE INTO receipt (writer_index, stored_through, hash, since_ms, "
                                     "bytes) VALUES (?, ?, ?, ?, ?)"));
  const Hash hash = sha256(sealed);
  insert->bind(0, writer_index);
  insert->bind(1, static_cast<std::int64_t>(stored_through));
  insert->bind(2, ByteView(hash.bytes));
  insert->bind(3, clock_.now_ms());
  insert->bind(4, ByteView(sealed));
  return insert->run();
}

// 0: of any of our chains. By the order in which they came, not by the county's clock, which may have been wrong.
Result<Bytes> CountyFacts::newest_receipt(std::int64_t writer_index) {
  KX_TRY(select, database_.statement("SELECT bytes FROM receipt WHERE ?1 = 0 OR writer_index = ?1 ORDER BY "
                                     "receipt_index DESC LIMIT 1"));
  select->bind(0, writer_index);
  KX_TRY(row, select->step());
  Bytes sealed;
  if (row) sealed = copy_of(select->bytes(0));
  select->reset();
  return sealed;
}

Result<std::vector<CountyFacts::KeptReceipt>> CountyFacts::receipts() {
  KX_TRY(select, database_.statement("SELECT writer_index, bytes FROM receipt ORDER BY receipt_index"));
  std::vector<KeptReceipt> all;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    all.push_back({select->integer(0), copy_of(select->bytes(1))});
  }
  select->reset();
  return all;
}

Result<std::vector<CountyFacts::KeptCheckpoint>> CountyFacts::checkpoints() {
  KX_TRY(select, database_.statement("SELECT state, since_ms, bytes FROM checkpoint ORDER BY checkpoint_index"));
  std::vector<KeptCheckpoint> all;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    all.push_back({static_cast<CheckpointState>(select->integer(0)), select->integer(1), copy_of(select->bytes(2))});
  }
  select->reset();
  return all;
}

}  // namespace kuangxun::sqlite
