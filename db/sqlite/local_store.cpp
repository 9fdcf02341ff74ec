#include "db/sqlite/local_store.h"

#include <algorithm>
#include <cassert>

#include "db/base/language.h"
#include "db/base/text.h"
#include "db/frames/payload.h"
#include "db/history/person_signature.h"
#include "db/records/validate.h"
#include "db/sqlite/schema.h"
#include "db/sqlite/settings.h"

namespace kuangxun::sqlite {
namespace {

using history::Edit;
using history::PendingEdit;

std::filesystem::path database_path(const std::filesystem::path& folder) {
  return folder / "kuangxun.db";
}

// The writer is the only one that checkpoints: SQLite before 3.51.3 can corrupt a WAL when several connections do.
constexpr std::string_view writer_settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000;"
    "PRAGMA temp_store = MEMORY";
constexpr std::string_view reader_settings =
    "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32000";

Error no_store(const std::filesystem::path& folder) {
  return Error(ErrorCode::unavailable,
               say_with("{0} 里没有数据；请先运行 kuangxun init", "there are no data in {0}; run kuangxun init first",
                        {folder.string()}));
}

std::string ids_text(const std::vector<history::OperationId>& ids) {
  std::vector<std::string> parts;
  for (const history::OperationId& id : ids) parts.push_back(id.text());
  return join(parts, " ");
}

Result<std::vector<history::OperationId>> parse_ids(std::string_view text) {
  std::vector<history::OperationId> ids;
  if (text.empty()) return ids;
  for (const std::string_view part : split(text, ' ')) {
    KX_TRY(id, history::parse_operation_id(part));
    ids.push_back(id);
  }
  return ids;
}

// Our own mistakes in an edit: they would be signed and kept for ever.
Status check_edit(const Edit& edit) {
  const records::KindDescription* kind = records::find_kind(edit.kind);
  if (kind == nullptr) return Error(ErrorCode::bad_input, say_text("未知的记录类型", "unknown kind of record"));
  if (history::is_county_only(edit.kind)) {
    return Error(ErrorCode::bad_input, say_with("“{0}”只由县库写入", "only the county writes {0}", {kind->label()}));
  }
  if (edit.group == records::existence_group) return {};
  for (const records::FieldValue& value : edit.values) {
    const records::FieldDescription* field = kind->find_field(value.field);
    if (field == nullptr || field->group != edit.group || !records::fits_type(*field, value.value) ||
        records::is_empty(value.value)) {
      return Error(ErrorCode::bad_input,
                   say_with("{0} 的字段 {1} 不能这样写入", "field {1} of {0} cannot be written like this",
                            {kind->name, std::to_string(value.field)}));
    }
  }
  return {};
}

}  // namespace

LocalStore::LocalStore(std::filesystem::path folder, World world, Database database, std::unique_ptr<FileLock> lock)
    : folder_(std::move(folder)),
      world_(world),
      lock_(std::move(lock)),
      database_(std::make_unique<Database>(std::move(database))),
      dictionary_(std::make_unique<Dictionary>(*database_)),
      projection_(std::make_unique<Projection>(*database_)),
      log_(std::make_unique<OperationLog>(*database_, *dictionary_, *projection_)),
      frames_(std::make_unique<FrameLog>(*database_, *dictionary_, world.clock)),
      county_(std::make_unique<CountyFacts>(*database_, world.clock)),
      epochs_(std::make_unique<OwnEpochs>(*database_, folder_)),
      hybrid_clock_(world.clock) {}

Result<std::unique_ptr<LocalStore>> LocalStore::create(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(folder, ignored);
  KX_CHECK(make_folder(folder));
  // Names, telephone numbers and positions are nobody else's business on a shared laptop.
  if (is_new) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
  if (std::filesystem::exists(database_path(folder), ignored)) {
    return Error(ErrorCode::bad_input,
                 say_with("{0} 里已有数据，未改动", "{0} holds data already, nothing was changed", {folder.string()}));
  }
  return open_writable(folder, world, OpenMode::create);
}

Result<std::unique_ptr<LocalStore>> LocalStore::open(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_path(folder), ignored)) return no_store(folder);
  KX_TRY(store, open_writable(folder, world, OpenMode::read_write));
  KX_CHECK(store->promote_pending());
  return store;
}

Result<std::unique_ptr<LocalStore>> LocalStore::open_writable(const std::filesystem::path& folder, World world,
                                                              OpenMode mode) {
  KX_TRY(lock, FileLock::take(folder / "lock"));
  KX_TRY(connection, Connection::open(database_path(folder), mode));
  Database database(std::move(connection));
  // Another program's file is refused before anything about it is touched.
  if (const Status origin = check_origin(database); !origin.ok()) return origin.error().within(folder.string());
  KX_CHECK(database.connection().execute(writer_settings));
  KX_CHECK(migrate(database));
  std::unique_ptr<LocalStore> store(new LocalStore(folder, world, std::move(database), std::move(lock)));
  KX_CHECK(store->epochs_->load());
  // Without an identity nothing was ever written: a program was killed while it made the store.
  if (!store->epochs_->exists()) KX_CHECK(store->create_identity());
  KX_CHECK(store->refresh_projection());
  KX_CHECK(store->load());
  return store;
}

Result<std::unique_ptr<LocalStore>> LocalStore::open_read_only(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_path(folder), ignored)) return no_store(folder);
  KX_TRY(connection, Connection::open(database_path(folder), OpenMode::read_only));
  Database database(std::move(connection));
  if (const Status version = check_version(database); !version.ok()) return version.error().within(folder.string());
  KX_CHECK(database.connection().execute(reader_settings));
  std::unique_ptr<LocalStore> store(new LocalStore(folder, world, std::move(database), nullptr));
  KX_CHECK(store->load());
  if (!store->is_behind_) return store;
  // A first pull was killed: whoever may write shows what it brought. When it still goes on, the lock is its own, and
  // what is read here is as before it.
  if (auto writer = open(folder, world); writer.ok() && (*writer)->show_pulled().ok()) {
    writer->reset();
    KX_CHECK(store->load());
  }
  return store;
}

Status LocalStore::create_identity() {
  return in_transaction([&] { return epochs_->create(make_uuid(world_.clock, world_.random), world_.random); });
}

bool LocalStore::has_key() const {
  return key_problem_.empty();
}

Status LocalStore::load_key() {
  key_.reset();
  key_problem_.clear();
  auto key = epochs_->read_key(epochs_->current());
  if (!key.ok()) {
    key_problem_ = say_with("读不到本机密钥：{0}。记录可照常查看和录入，但不能同步；请恢复该文件，或凭新注册码重新注册",
                            "the laptop's key cannot be read: {0}. Records can be read and entered, but not synced; "
                            "restore the file, or enrol anew with a code",
                            {key.error().message()});
    return {};
  }
  if (lock_ != nullptr) key_.emplace(std::move(*key));
  return {};
}

Status LocalStore::load_next_sequence() {
  next_sequence_ = 1;
  const auto index = dictionary_->find_writer(own_writer_);
  if (!index.has_value()) return {};
  KX_TRY(last, last_sequence(*index));
  KX_TRY(end, frames_->end_of(*index));
  next_sequence_ = std::max(last, end.through) + 1;
  return {};
}

Status LocalStore::load() {
  KX_CHECK(load_log());
  if (!epochs_->exists()) return {};
  KX_TRY(visibility, projection_->read_visibility(county_->known().county));
  log_->set_visibility(std::move(visibility));
  return {};
}

Status LocalStore::load_log() {
  KX_CHECK(epochs_->load());
  if (!epochs_->exists()) return {};
  own_writer_ = epochs_->writer();
  KX_CHECK(county_->load());
  KX_CHECK(dictionary_->load());
  KX_CHECK(frames_->load());
  KX_CHECK(log_->load());
  KX_CHECK(load_behind());
  KX_CHECK(load_next_sequence());
  if (!key_.has_value() || key_->public_key() != epochs_->current().key) KX_CHECK(load_key());
  if (next_sequence_ > 1) {
    KX_TRY(own, dictionary_->key_of({own_writer_, next_sequence_ - 1}));
    KX_TRY(is_here, log_->contains(own));
    if (!is_here) return {};
    KX_TRY(newest, log_->read(own));
    hybrid_clock_.observe(newest.time);
  }
  return {};
}

Status LocalStore::in_transaction(const std::function<Status()>& work) {
  assert(!is_reading_together_ && "who reads together does not write");
  if (is_stale_) KX_CHECK(load());
  is_stale_ = false;
  has_new_keys_ = false;
  log_->take_county_change();
  KX_TRY(transaction, Transaction::begin(database_->connection()));
  Status done = work();
  if (done.ok()) done = transaction.commit();
  if (done.ok()) return {};
  { const Transaction rolled_back(std::move(transaction)); }
  is_stale_ = !load().ok();
  return done;
}

Status LocalStore::refresh_projection() {
  KX_TRY(known, setting("description_fingerprint"));
  const std::string fingerprint = description_fingerprint();
  if (known == fingerprint) return {};
  KX_CHECK(load_log());
  return in_transaction([&]() -> Status {
    KX_CHECK(rebuild_all(RebuildPath::bulk));
    return set_setting("description_fingerprint", fingerprint);
  });
}

Result<std::optional<std::string>> LocalStore::setting(std::string_view name) {
  return read_setting(*database_, name);
}

Status LocalStore::set_setting(std::string_view name, std::string_view value) {
  return write_setting(*database_, name, value);
}

void LocalStore::unlock(const Uuid& person, SigningKey key) {
  signer_.emplace(PersonSigner{person, std::move(key)});
}

bool LocalStore::lacks_signer(const Edit& edit, const Uuid& person) const {
  return history::needs_person_signature(edit.kind) && (person.is_nil() || unlocked_person() != person);
}

void LocalStore::sign_for_person(history::Operation& operation) const {
  if (!signer_.has_value() || signer_->person != operation.person) return;
  if (!history::deserves_person_signature(operation)) return;
  operation.person_signature = signer_->key.sign(frames::person_signed_bytes(operation));
}

Status LocalStore::append_own(const Edit& edit, const Uuid& person) {
  KX_CHECK(check_edit(edit));
  if (lacks_signer(edit, person)) {
    return Error(ErrorCode::refused, say_with("“{0}”须由本人签名；请先输入口令解锁",
                                              "{0} needs the person's own signature: unlock with the PIN first",
                                              {records::kind_of(edit.kind).label()}));
  }
  history::Operation operation;
  operation.id = {own_writer_, next_sequence_};
  operation.time = hybrid_clock_.next();
  operation.person = person;
  operation.record = edit.record;
  operation.kind = edit.kind;
  operation.group = edit.group;
  operation.bases = edit.seen;
  std::ranges::sort(operation.bases);
  const auto repeated = std::ranges::unique(operation.bases);
  operation.bases.erase(repeated.begin(), repeated.end());
  operation.values = edit.values;
  std::ranges::sort(operation.values, {}, &records::FieldValue::field);
  sign_for_person(operation);
  KX_CHECK(frames::check_encodable(operation));
  KX_TRY(is_new, log_->append(operation));
  assert(is_new);
  static_cast<void>(is_new);
  ++next_sequence_;
  return {};
}

Status LocalStore::commit(std::span<const Edit> edits, const Uuid& person) {
  if (edits.empty()) return {};
  KX_CHECK(show_pulled());
  return in_transaction([&]() -> Status {
    for (const Edit& edit : edits) KX_CHECK(append_own(edit, person));
    return {};
  });
}

Status LocalStore::keep_pending(const PendingEdit& pending) {
  KX_CHECK(check_edit(pending.edit));
  KX_TRY(upsert,
         database_->statement("INSERT OR REPLACE INTO pending (record, group_number, kind, person, since_ms, seen, "
                              "content) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  const std::string seen = ids_text(pending.edit.seen);
  history::Operation bare;
  bare.values = pending.edit.values;
  const Bytes content = frames::encode_content(bare);
  upsert->bind(0, pending.edit.record.view());
  upsert->bind(1, std::int64_t{pending.edit.group});
  upsert->bind(2, std::int64_t{pending.edit.kind});
  upsert->bind(3, pending.person.view());
  upsert->bind(4, pending.since_ms);
  upsert->bind(5, std::string_view(seen));
  upsert->bind(6, ByteView(content));
  return upsert->run();
}

Result<std::vector<PendingEdit>> LocalStore::pending() {
  KX_TRY(select, database_->statement("SELECT record, group_number, kind, person, since_ms, seen, content FROM pending "
                                      "ORDER BY since_ms, record, group_number"));
  std::vector<PendingEdit> rows;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    PendingEdit pending;
    pending.edit.record = uuid_from_bytes(select->bytes(0));
    pending.edit.group = static_cast<records::GroupNumber>(select->integer(1));
    pending.edit.kind = static_cast<records::KindNumber>(select->integer(2));
    pending.person = uuid_from_bytes(select->bytes(3));
    pending.since_ms = select->integer(4);
    KX_TRY(seen, parse_ids(select->text(5)));
    pending.edit.seen = std::move(seen);
    history::Operation bare;
    KX_CHECK(frames::decode_content(select->bytes(6), bare));
    pending.edit.values = std::move(bare.values);
    rows.push_back(std::move(pending));
  }
  select->reset();
  return rows;
}

Status LocalStore::promote_pending() {
  KX_TRY(rows, pending());
  return promote_rows(std::move(rows));
}

Status LocalStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  KX_TRY(rows, pending());
  std::erase_if(rows, [&](const PendingEdit& row) { return row.edit.record != record || row.edit.group != group; });
  return promote_rows(std::move(rows));
}

Status LocalStore::promote_rows(std::vector<PendingEdit> rows) {
  // What nobody can sign now goes on waiting, and holds up nothing else.
  std::erase_if(rows, [&](const PendingEdit& row) { return lacks_signer(row.edit, row.person); });
  if (rows.empty()) return {};
  KX_CHECK(show_pulled());
  return in_transaction([&]() -> Status {
    for (const PendingEdit& row : rows) {
      KX_CHECK(append_own(row.edit, row.person));
      KX_TRY(remove, database_->statement("DELETE FROM pending WHERE record = ? AND group_number = ?"));
      remove->bind(0, row.edit.record.view());
      remove->bind(1, std::int64_t{row.edit.group});
      KX_CHECK(remove->run());
    }
    return {};
  });
}

}  // namespace kuangxun::sqlite
