#include "db/sqlite/local_store.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/sqlite/beside_tables.h"
#include "db/sqlite/chain_keeper.h"
#include "db/sqlite/edit_writer.h"
#include "db/sqlite/epoch_change.h"
#include "db/sqlite/frame_intake.h"
#include "db/sqlite/pending_file.h"
#include "db/sqlite/row_renewal.h"
#include "db/sqlite/store_prover.h"
#include "db/sqlite/store_reader.h"
#include "db/sqlite/table_builder.h"
#include "db/sqlite/tables/schema.h"
#include "db/sqlite/tables/settings.h"

namespace kuangxun::sqlite {
namespace {

using history::PendingEdit;

std::filesystem::path database_path(const std::filesystem::path& folder) {
  return folder / "kuangxun.db";
}

// The writer is the only one that checkpoints: SQLite before 3.51.3 can corrupt a WAL when several connections do.
// FULL, because a commit that returned must survive a battery that is pulled. Foreign keys off: what people enter has
// none (SCHEMA.md), since two who entered apart must both fit.
constexpr std::string_view writer_settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000;"
    "PRAGMA temp_store = MEMORY";
constexpr std::string_view reader_settings =
    "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32000";

Error no_store(const std::filesystem::path& folder) {
  return Error(ErrorCode::unavailable, phrase("there are no data in {0}; run kuangxun init first", {folder.string()}));
}

}  // namespace

// The parts in the order in which they stand on each other.
struct LocalStore::Machinery {
  Machinery(const std::filesystem::path& folder, World world, Database database, std::unique_ptr<FileLock> lock)
      : parts(folder, world.clock, world.random, std::move(database), std::move(lock)) {}
  // Null for a reader when nobody has typed anything yet.
  Result<PendingFile*> pending_file() {
    if (pending == nullptr) {
      KX_TRY(file, PendingFile::open_read_only(parts.folder));
      pending = std::move(file);
    }
    return pending.get();
  }

  StoreParts parts;
  StoreMemory memory{parts};
  StoreReader reader{parts};
  std::unique_ptr<PendingFile> pending;
  EditWriter editor{parts, memory};
  ChainKeeper chains{parts, memory};
  WriterKeys keys{parts};
  TableBuilder builder{parts, memory};
  RowRenewal renewal{parts, memory};
  BesideTables beside{parts, memory, builder};
  FrameIntake intake{parts, memory, builder, keys};
  EpochChange epochs{parts, memory, editor, intake};
  StoreProver prover{parts, reader, keys};
  std::int64_t data_version = 0;  // what follow() last saw
};

LocalStore::LocalStore(std::unique_ptr<Machinery> machinery) : machinery_(std::move(machinery)) {}
LocalStore::~LocalStore() = default;

Result<std::unique_ptr<LocalStore>> LocalStore::create(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(folder, ignored);
  KX_CHECK(make_folder(folder));
  // Names, telephone numbers and positions are nobody else's business on a shared laptop.
  if (is_new) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
  if (std::filesystem::exists(database_path(folder), ignored)) {
    return Error(ErrorCode::bad_input, phrase("{0} holds data already, nothing was changed", {folder.string()}));
  }
  return open_writable(folder, world, true);
}

Result<std::unique_ptr<LocalStore>> LocalStore::open(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_path(folder), ignored)) return no_store(folder);
  KX_TRY(store, open_writable(folder, world, false));
  KX_CHECK(store->promote_pending());
  return store;
}

Result<std::unique_ptr<LocalStore>> LocalStore::open_writable(const std::filesystem::path& folder, World world,
                                                              bool is_new) {
  KX_TRY(lock, FileLock::take(folder / "lock"));
  KX_TRY(connection, Connection::open(database_path(folder), is_new ? OpenMode::create : OpenMode::read_write));
  Database database(std::move(connection));
  // Another program's file is refused before anything about it is touched.
  if (const Status origin = check_origin(database); !origin.ok()) return origin.error().within(folder.string());
  KX_CHECK(database.connection().execute(writer_settings));
  KX_TRY(pending, PendingFile::open(folder));
  KX_TRY(former, read_former_pending(database));
  // Here first, durably, and only then gone there; whoever is killed in between does it once more.
  if (former.has_value()) KX_CHECK(pending->take_over(*former));
  KX_CHECK(migrate(database));
  // A program was killed while it filled them: what is shown is as it was before, and what is not shown yet is said.
  KX_CHECK(drop_beside_tables(database));
  auto machinery = std::make_unique<Machinery>(folder, world, std::move(database), std::move(lock));
  machinery->pending = std::move(pending);
  std::unique_ptr<LocalStore> store(new LocalStore(std::move(machinery)));
  KX_CHECK(store->machinery_->parts.epochs.load());
  // Without an identity nothing was ever written: a program was killed while it made the store.
  if (!store->machinery_->parts.epochs.exists()) KX_CHECK(store->create_identity());
  KX_CHECK(store->machinery_->builder.refresh_descriptions());
  KX_CHECK(store->machinery_->memory.load());
  return store;
}

Result<std::unique_ptr<LocalStore>> LocalStore::open_read_only(const std::filesystem::path& folder, World world) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_path(folder), ignored)) return no_store(folder);
  KX_TRY(connection, Connection::open(database_path(folder), OpenMode::read_only));
  Database database(std::move(connection));
  if (const Status version = check_version(database); !version.ok()) return version.error().within(folder.string());
  KX_CHECK(database.connection().execute(reader_settings));
  database.connection().limit_looks([&clock = world.clock] { return clock.steady_ms(); }, limits::look_ms_max);
  auto machinery = std::make_unique<Machinery>(folder, world, std::move(database), nullptr);
  std::unique_ptr<LocalStore> store(new LocalStore(std::move(machinery)));
  KX_CHECK(store->machinery_->memory.load());
  if (!store->machinery_->parts.is_behind) return store;
  // A first pull was killed: whoever may write shows what it brought. When it still goes on, the lock is its own, and
  // what is read here is as before it.
  if (auto writer = open(folder, world); writer.ok() && (*writer)->show_pulled().ok()) {
    writer->reset();
    KX_CHECK(store->machinery_->memory.load());
  }
  return store;
}

Status LocalStore::create_identity() {
  StoreParts& parts = machinery_->parts;
  return machinery_->memory.in_transaction(
      [&] { return parts.epochs.create(make_uuid(parts.clock, parts.random), parts.random); });
}

const std::filesystem::path& LocalStore::folder() const {
  return machinery_->parts.folder;
}
bool LocalStore::has_key() const {
  return machinery_->parts.key_problem.empty();
}
const std::string& LocalStore::key_problem() const {
  return machinery_->parts.key_problem;
}
const PublicKey& LocalStore::public_key() const {
  return machinery_->parts.epochs.current().key;
}
const SigningKey& LocalStore::signing_key() const {
  return *machinery_->parts.key;
}

void LocalStore::unlock(const Uuid& person, SigningKey key) {
  machinery_->parts.signer.emplace(PersonSigner{person, std::move(key)});
}
void LocalStore::lock() {
  machinery_->parts.signer.reset();
}
Uuid LocalStore::unlocked_person() const {
  const auto& signer = machinery_->parts.signer;
  return signer.has_value() ? signer->person : Uuid{};
}

Result<std::optional<std::string>> LocalStore::setting(std::string_view name) {
  return read_setting(machinery_->parts.database, name);
}
Status LocalStore::set_setting(std::string_view name, std::string_view value) {
  return write_setting(machinery_->parts.database, name, value);
}

Status LocalStore::adopt_registers(const frames::Frame& pinned) {
  KX_CHECK(show_pulled());
  return machinery_->intake.adopt_registers(pinned);
}

Result<history::RecordView> LocalStore::read(const Uuid& id) {
  KX_CHECK(show_pulled());
  return machinery_->reader.read(id);
}
Result<std::vector<records::Record>> LocalStore::list(records::KindNumber kind) {
  KX_CHECK(show_pulled());
  return machinery_->reader.list(kind);
}
Result<std::vector<records::Record>> LocalStore::list_where(records::KindNumber kind, std::string_view field_name,
                                                            const records::Value& value) {
  KX_CHECK(show_pulled());
  return machinery_->reader.list_where(kind, field_name, value);
}
Result<std::uint64_t> LocalStore::count_standing(records::KindNumber kind, std::string_view field_name,
                                                 const records::Value& value) {
  KX_CHECK(show_pulled());
  return machinery_->reader.count_standing(kind, field_name, value);
}
Status LocalStore::read_together(const std::function<Status()>& reading) {
  // Before the look begins: it may write, which reading must not.
  KX_CHECK(show_pulled());
  return machinery_->reader.read_together(reading);
}
Result<std::vector<history::Dispute>> LocalStore::disputes() {
  KX_CHECK(show_pulled());
  return machinery_->reader.disputes();
}
Result<history::SyncState> LocalStore::sync_state(const Uuid& record) {
  KX_CHECK(show_pulled());
  return machinery_->reader.sync_state(record);
}
Result<std::vector<history::Operation>> LocalStore::hidden_operations(std::size_t most) {
  return machinery_->reader.hidden_operations(most);
}
Result<std::vector<history::Operation>> LocalStore::history(const Uuid& record, records::GroupNumber group) {
  KX_CHECK(show_pulled());
  return machinery_->reader.history(record, group);
}
Result<history::StoreCounts> LocalStore::counts() {
  KX_CHECK(show_pulled());
  KX_TRY(counts, machinery_->reader.counts());
  KX_TRY(file, machinery_->pending_file());
  if (file == nullptr) return counts;
  KX_TRY(pending, file->count());
  counts.pending = pending;
  return counts;
}

Status LocalStore::commit(std::span<const history::Edit> edits, const Uuid& person) {
  return machinery_->editor.commit(edits, person);
}
Status LocalStore::keep_pending(const PendingEdit& pending) {
  KX_CHECK(check_edit(pending.edit));
  return machinery_->pending->keep(pending);
}
Result<std::vector<PendingEdit>> LocalStore::pending() {
  std::vector<PendingEdit> edits;
  KX_TRY(file, machinery_->pending_file());
  if (file == nullptr) return edits;
  KX_TRY(rows, file->all());
  for (PendingRow& row : rows) {
    KX_CHECK(machinery_->parts.rehomed.follow(row.pending.edit.seen));
    edits.push_back(std::move(row.pending));
  }
  return edits;
}
Status LocalStore::promote_pending() {
  return promote([](const PendingEdit&) { return true; });
}
Status LocalStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  return promote([&](const PendingEdit& row) { return row.edit.record == record && row.edit.group == group; });
}
Status LocalStore::promote(const std::function<bool(const PendingEdit&)>& wanted) {
  KX_TRY(waiting, machinery_->pending->count());
  if (waiting == 0) return {};
  return machinery_->editor.promote(*machinery_->pending, wanted);
}

history::WriterId LocalStore::own_writer() {
  return machinery_->parts.own_writer;
}
Status LocalStore::seal() {
  // Whoever seals by hand, or as the only one at work, means what is on the page, too. Beside people who are typing
  // db/writer seals without this.
  KX_CHECK(promote_pending());
  return machinery_->chains.seal();
}
Result<std::vector<Bytes>> LocalStore::frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                    std::size_t bytes_max) {
  return machinery_->chains.frames_after(writer, after_sequence, bytes_max);
}
Result<std::vector<frames::ChainHead>> LocalStore::chains() {
  return machinery_->chains.chains();
}
Result<std::vector<frames::ChainHead>> LocalStore::unsent_chains() {
  return machinery_->chains.unsent_chains();
}
Status LocalStore::note_progress(const frames::ChainProgress& progress) {
  return machinery_->chains.note_progress(progress);
}
Result<frames::ChainProgress> LocalStore::own_progress() {
  return machinery_->chains.own_progress();
}
Result<frames::KnownCounty> LocalStore::known_county() {
  return machinery_->parts.county.known();
}
Status LocalStore::note_county(const frames::KnownCounty& county) {
  return machinery_->intake.note_county(county);
}
Result<frames::CountyMark> LocalStore::county_mark() {
  return machinery_->parts.county.mark();
}
Result<Bytes> LocalStore::newest_checkpoint() {
  return machinery_->parts.county.newest_checkpoint();
}
Status LocalStore::note_checkpoint(const Bytes& sealed) {
  return machinery_->chains.note_checkpoint(sealed);
}
Result<Bytes> LocalStore::promised_checkpoint() {
  return machinery_->parts.county.promised_checkpoint();
}
Status LocalStore::note_promise(const Bytes& sealed) {
  return machinery_->chains.note_promise(sealed);
}
Status LocalStore::start_over(std::uint32_t incarnation) {
  return machinery_->chains.start_over(incarnation);
}
Status LocalStore::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  return machinery_->chains.note_contradiction(sealed_checkpoint, own_root);
}
Result<frames::ApplyCounts> LocalStore::apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                                     const frames::CountyMark& after) {
  return machinery_->intake.apply(frames, &after);
}
Status LocalStore::show_pulled() {
  return machinery_->builder.show_pulled();
}
Result<frames::ApplyCounts> LocalStore::apply_chain(const std::vector<frames::SequencedFrame>& frames) {
  KX_CHECK(show_pulled());
  return machinery_->intake.apply(frames, nullptr);
}
Result<std::uint64_t> LocalStore::hidden_own() {
  return machinery_->reader.hidden_own();
}
std::optional<PublicKey> LocalStore::own_key(std::uint32_t epoch) {
  return machinery_->epochs.own_key(epoch);
}
Result<frames::NextEpoch> LocalStore::prepare_epoch(std::uint32_t not_before) {
  return machinery_->epochs.prepare(not_before);
}
Status LocalStore::enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) {
  return machinery_->epochs.enter(next, first_lost);
}

Result<std::uint64_t> LocalStore::first_unsealed() {
  return machinery_->reader.first_unsealed();
}
Result<SigningKey> LocalStore::prepared_key() {
  return machinery_->epochs.prepared_key();
}

Result<bool> LocalStore::seal_next() {
  return machinery_->chains.seal_some(1);
}
Status LocalStore::begin_page(std::uint64_t operations) {
  return machinery_->intake.begin_page(operations);
}
Result<frames::ApplyCounts> LocalStore::apply_part(const std::vector<frames::SequencedFrame>& frames,
                                                   const frames::CountyMark* after) {
  return machinery_->intake.apply(frames, after, FrameIntake::Showing::later);
}
Result<bool> LocalStore::renew_some(std::int64_t& done) {
  return machinery_->renewal.step(done);
}
bool LocalStore::is_shown_behind() const {
  return machinery_->parts.is_behind;
}
Result<bool> LocalStore::show_some() {
  return machinery_->beside.step();
}
Result<bool> LocalStore::follow() {
  KX_TRY(version, machinery_->parts.database.connection().query_integer("PRAGMA data_version"));
  if (version == machinery_->data_version) return false;
  KX_CHECK(machinery_->memory.load());
  machinery_->data_version = version;
  return true;
}

Result<VerifyReport> LocalStore::verify(SealReader* seals) {
  KX_CHECK(show_pulled());
  // It reads in pieces, because one long look would keep on the disk all that others write meanwhile. What they write
  // between two pieces may fit nothing that was read before: then it is proved once more.
  constexpr int attempts_max = 5;
  for (int attempt = 1; attempt <= attempts_max; ++attempt) {
    KX_TRY(has_followed, follow());
    static_cast<void>(has_followed);
    auto report = machinery_->prover.verify(seals);
    if (!report.ok() || report->ok()) return report;
    KX_TRY(was_written, follow());
    if (!was_written) return report;
  }
  return Error(ErrorCode::busy,
               phrase("other programs wrote to these data all the while, so that they could not be proved; try again "
                      "when they have come to an end"));
}
Status LocalStore::rebuild(RebuildPath path) {
  if (has_key()) KX_CHECK(seal());
  return machinery_->builder.rebuild(path);
}
Status LocalStore::dump(const std::function<void(std::string_view)>& line) {
  KX_CHECK(show_pulled());
  return machinery_->prover.dump(line);
}
Result<Hash> LocalStore::dump_hash() {
  // A chain of hashes, so that a large dump needs no memory.
  Hash hash;
  KX_CHECK(dump([&](std::string_view line) {
    Bytes block(hash.bytes.begin(), hash.bytes.end());
    block.insert(block.end(), line.begin(), line.end());
    hash = sha256(block);
  }));
  return hash;
}

}  // namespace kuangxun::sqlite
