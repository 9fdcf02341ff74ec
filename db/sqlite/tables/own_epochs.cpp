#include "db/sqlite/tables/own_epochs.h"

#include <algorithm>
#include <cassert>

#include "db/base/files.h"
#include "db/language/language.h"
#include "db/sqlite/tables/settings.h"

namespace kuangxun::sqlite {
namespace {

constexpr std::string_view device_setting = "device";
constexpr std::uint64_t seed_bytes = 32;

}  // namespace

std::filesystem::path OwnEpochs::key_path(std::uint32_t epoch) const {
  return folder_ / ("device-" + std::to_string(epoch) + ".key");
}

Status OwnEpochs::create(const Uuid& device, Random& random) {
  constexpr std::uint32_t first_epoch = 1;
  KX_CHECK(prepare(first_epoch, random));
  KX_CHECK(write_setting(database_, device_setting, device.text()));
  return enter(first_epoch);
}

Status OwnEpochs::load() {
  epochs_.clear();
  KX_TRY(device, read_setting(database_, device_setting));
  if (!device.has_value()) return {};
  KX_TRY(id, parse_uuid(*device));
  device_ = id;
  KX_TRY(select, database_.statement("SELECT epoch, public_key, state, stored_through, applied_through FROM own_epoch "
                                     "ORDER BY epoch"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    OwnEpoch epoch;
    epoch.epoch = static_cast<std::uint32_t>(select->integer(0));
    epoch.key.bytes = hash_from_bytes(select->bytes(1)).bytes;
    epoch.state = static_cast<EpochState>(select->integer(2));
    epoch.stored_through = static_cast<std::uint64_t>(select->integer(3));
    epoch.applied_through = static_cast<std::uint64_t>(select->integer(4));
    epochs_.push_back(epoch);
  }
  select->reset();
  if (std::ranges::find(epochs_, EpochState::current, &OwnEpoch::state) != epochs_.end()) return {};
  return Error(ErrorCode::corrupt, phrase("the data do not say which laptop this is; restore a backup, or give the "
                                          "folder to the administrator"));
}

const OwnEpoch& OwnEpochs::current() const {
  const auto found = std::ranges::find(epochs_, EpochState::current, &OwnEpoch::state);
  assert(found != epochs_.end());
  return *found;
}

// A prepared epoch is not ours yet: the county may refuse it, and a copy of this laptop may have it.
const OwnEpoch* OwnEpochs::find(const history::WriterId& writer) const {
  if (writer.device != device_) return nullptr;
  const auto found = std::ranges::find(epochs_, writer.epoch, &OwnEpoch::epoch);
  return found == epochs_.end() || found->state == EpochState::prepared ? nullptr : &*found;
}

const OwnEpoch* OwnEpochs::prepared() const {
  const auto found = std::ranges::find(epochs_, EpochState::prepared, &OwnEpoch::state);
  return found == epochs_.end() ? nullptr : &*found;
}

Result<SigningKey> OwnEpochs::read_key(const OwnEpoch& epoch) const {
  const std::filesystem::path path = key_path(epoch.epoch);
  KX_TRY(seed, read_file(path, seed_bytes));
  auto key = SigningKey::from_seed(seed);
  if (!key.ok()) return key.error().within(path.string());
  if (key->public_key() != epoch.key) {
    return Error(ErrorCode::corrupt,
                 phrase("{0} is not this laptop's key; restore the right file, or enrol the laptop anew with a code",
                        {path.string()}));
  }
  return key;
}

Status OwnEpochs::prepare(std::uint32_t epoch, Random& random) {
  const SigningKey key = SigningKey::generate(random);
  // The file first: a row without its key would be an epoch in which nobody can sign.
  KX_CHECK(write_file_durably(key_path(epoch), key.seed(), true));
  KX_TRY(drop, database_.statement("DELETE FROM own_epoch WHERE state = ?"));
  drop->bind(0, static_cast<std::int64_t>(EpochState::prepared));
  KX_CHECK(drop->run());
  KX_TRY(insert, database_.statement("INSERT INTO own_epoch (epoch, public_key, state) VALUES (?, ?, ?)"));
  insert->bind(0, std::int64_t{epoch});
  insert->bind(1, ByteView(key.public_key().bytes));
  insert->bind(2, static_cast<std::int64_t>(EpochState::prepared));
  return insert->run();
}

Status OwnEpochs::enter(std::uint32_t epoch) {
  KX_TRY(leave, database_.statement("UPDATE own_epoch SET state = ? WHERE state = ?"));
  leave->bind(0, static_cast<std::int64_t>(EpochState::left));
  leave->bind(1, static_cast<std::int64_t>(EpochState::current));
  KX_CHECK(leave->run());
  KX_TRY(enter, database_.statement("UPDATE own_epoch SET state = ? WHERE epoch = ?"));
  enter->bind(0, static_cast<std::int64_t>(EpochState::current));
  enter->bind(1, std::int64_t{epoch});
  KX_CHECK(enter->run());
  return load();
}

Status OwnEpochs::set_progress(std::uint32_t epoch, std::uint64_t stored_through, std::uint64_t applied_through) {
  KX_TRY(update, database_.statement("UPDATE own_epoch SET stored_through = ?, applied_through = ? WHERE epoch = ?"));
  update->bind(0, static_cast<std::int64_t>(stored_through));
  update->bind(1, static_cast<std::int64_t>(applied_through));
  update->bind(2, std::int64_t{epoch});
  KX_CHECK(update->run());
  return load();
}

// A county that was restored may have lost what it once stored: everything counts as not there until it says so again.
Status OwnEpochs::forget_progress() {
  KX_CHECK(database_.connection().execute("UPDATE own_epoch SET stored_through = 0, applied_through = 0"));
  return load();
}

}  // namespace kuangxun::sqlite
