#include "db/sqlite/store_memory.h"

#include <algorithm>
#include <cassert>

#include "db/language/language.h"
#include "db/sqlite/tables/settings.h"

// Writers, persons, counts, decisions and the next sequence are asked for with every operation; to read them from the
// file each time would cost more than the operation. So memory holds them, and this is where it may be wrong: a
// rollback takes back what memory has counted already. There is one place that begins transactions, and it reads
// everything anew when one fails.
namespace kuangxun::sqlite {
namespace {

constexpr std::string_view behind_setting = "is_shown_behind";

}  // namespace

Status StoreMemory::load_key() {
  parts_.key.reset();
  parts_.key_problem.clear();
  auto key = parts_.epochs.read_key(parts_.epochs.current());
  if (!key.ok()) {
    parts_.key_problem = say_with(
        "the laptop's key cannot be read: {0}. Records can be read and entered, but not synced; "
        "restore the file, or enrol anew with a code",
        {key.error().message()});
    return {};
  }
  if (parts_.lock != nullptr) parts_.key.emplace(std::move(*key));
  return {};
}

Status StoreMemory::load_next_sequence() {
  parts_.next_sequence = 1;
  const auto index = parts_.dictionary.find_writer(parts_.own_writer);
  if (!index.has_value()) return {};
  KX_TRY(last, parts_.rows.last_sequence(*index));
  KX_TRY(end, parts_.frames.end_of(*index));
  parts_.next_sequence = std::max(last, end.through) + 1;
  return {};
}

Status StoreMemory::load() {
  KX_CHECK(load_log());
  if (!parts_.epochs.exists()) return {};
  KX_TRY(visibility, parts_.projection.read_visibility(parts_.county.known().county));
  parts_.log.set_visibility(std::move(visibility));
  return {};
}

Status StoreMemory::load_log() {
  KX_CHECK(parts_.epochs.load());
  if (!parts_.epochs.exists()) return {};
  parts_.own_writer = parts_.epochs.writer();
  KX_CHECK(parts_.county.load());
  KX_CHECK(parts_.dictionary.load());
  KX_CHECK(parts_.frames.load());
  KX_CHECK(parts_.log.load());
  KX_CHECK(load_behind());
  KX_CHECK(load_next_sequence());
  if (!parts_.key.has_value() || parts_.key->public_key() != parts_.epochs.current().key) KX_CHECK(load_key());
  return observe_newest();
}

Status StoreMemory::observe_newest() {
  if (parts_.next_sequence == 1) return {};
  KX_TRY(own, parts_.dictionary.key_of({parts_.own_writer, parts_.next_sequence - 1}));
  KX_TRY(is_here, parts_.rows.contains(own));
  if (!is_here) return {};
  KX_TRY(newest, parts_.rows.read(own));
  parts_.hybrid_clock.observe(newest.time);
  return {};
}

Status StoreMemory::in_transaction(const std::function<Status()>& work) {
  assert(!parts_.is_reading_together && "who reads together does not write");
  if (is_stale_) KX_CHECK(load());
  is_stale_ = false;
  parts_.log.take_county_change();
  KX_TRY(transaction, Transaction::begin(parts_.database.connection()));
  Status done = work();
  if (done.ok()) done = transaction.commit();
  if (done.ok()) return {};
  { const Transaction rolled_back(std::move(transaction)); }
  is_stale_ = !load().ok();
  return done;
}

Status StoreMemory::set_behind(bool is_behind) {
  if (is_behind == parts_.is_behind) return {};
  KX_CHECK(write_setting(parts_.database, behind_setting, is_behind ? "1" : "0"));
  parts_.is_behind = is_behind;
  return {};
}

Status StoreMemory::load_behind() {
  KX_TRY(setting, read_setting_number(parts_.database, behind_setting));
  parts_.is_behind = setting != 0;
  if (parts_.is_behind) parts_.log.defer();
  return {};
}

}  // namespace kuangxun::sqlite
