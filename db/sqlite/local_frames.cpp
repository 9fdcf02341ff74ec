#include <algorithm>
#include <charconv>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/sqlite/local_store.h"

// The half of the laptop's store that seals, gives and takes frames.
namespace kuangxun::sqlite {
namespace {

// Payloads of a sealed frame stay near this size, so that a frame fits a bad link.
constexpr std::size_t sealed_bytes_soft_max = 1 << 20;

std::size_t weight_of(const history::Operation& operation) {
  std::size_t bytes = 64 + operation.bases.size() * 12;
  for (const records::FieldValue& value : operation.values) {
    if (const auto* text = std::get_if<std::string>(&value.value)) bytes += text->size();
    if (const auto* blob = std::get_if<Bytes>(&value.value)) bytes += blob->size();
  }
  return bytes;
}

std::uint64_t number_of(const std::optional<std::string>& text) {
  std::uint64_t number = 0;
  if (text.has_value()) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

}  // namespace

Result<std::uint64_t> LocalStore::last_sequence(std::int64_t writer_index) {
  KX_TRY(select,
         database_->statement("SELECT operation_key FROM operation WHERE operation_key > ? AND operation_key < ? "
                              "ORDER BY operation_key DESC LIMIT 1"));
  select->bind(0, writer_index << sequence_bits);
  select->bind(1, (writer_index + 1) << sequence_bits);
  KX_TRY(row, select->step());
  const std::uint64_t last = row ? sequence_of(select->integer(0)) : 0;
  select->reset();
  return last;
}

Result<std::uint64_t> LocalStore::sealed_through(std::int64_t writer_index) {
  KX_TRY(select, database_->statement("SELECT first_sequence + count - 1 FROM frame WHERE writer_index = ? ORDER BY "
                                      "first_sequence DESC LIMIT 1"));
  select->bind(0, writer_index);
  KX_TRY(row, select->step());
  const std::uint64_t through = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
  select->reset();
  return through;
}

Status LocalStore::insert_frame(const frames::Frame& frame, std::optional<std::uint64_t> county_sequence) {
  KX_TRY(writer, dictionary_->writer_index(frame.header.writer));
  KX_TRY(insert,
         database_->statement("INSERT INTO frame (writer_index, first_sequence, count, hash, county_sequence, bytes) "
                              "VALUES (?, ?, ?, ?, ?, ?)"));
  const Hash hash = frame.hash();
  insert->bind(0, writer);
  insert->bind(1, static_cast<std::int64_t>(frame.header.first_sequence));
  insert->bind(2, std::int64_t{frame.header.count});
  insert->bind(3, ByteView(hash.bytes));
  if (county_sequence.has_value()) {
    insert->bind(4, static_cast<std::int64_t>(*county_sequence));
  } else {
    insert->bind_null(4);
  }
  insert->bind(5, ByteView(frame.bytes));
  return insert->run();
}

Status LocalStore::seal() {
  KX_CHECK(promote_pending());
  return in_transaction([&] { return seal_own(); });
}

Status LocalStore::seal_own() {
  const auto own = dictionary_->find_writer(own_writer_);
  if (!own.has_value()) return {};
  KX_TRY(sealed, sealed_through(*own));
  KX_TRY(last, last_sequence(*own));
  KX_TRY(progress, own_progress());
  Hash previous;
  if (sealed > 0) {
    KX_TRY(select,
           database_->statement("SELECT hash FROM frame WHERE writer_index = ? ORDER BY first_sequence DESC LIMIT 1"));
    select->bind(0, *own);
    KX_TRY(row, select->step());
    if (row) previous = hash_from_bytes(select->bytes(0));
    select->reset();
  }
  std::vector<history::Operation> batch;
  std::size_t weight = 0;
  for (std::uint64_t sequence = sealed + 1; sequence <= last; ++sequence) {
    KX_TRY(operation, log_->read(operation_key(*own, sequence)));
    weight += weight_of(operation);
    batch.push_back(std::move(operation));
    const bool is_full = batch.size() == limits::frame_operations_max || weight >= sealed_bytes_soft_max;
    if (!is_full && sequence != last) continue;
    const frames::Frame frame = frames::seal_frame(batch, previous, progress.receipt, *key_);
    KX_CHECK(insert_frame(frame, std::nullopt));
    previous = frame.hash();
    batch.clear();
    weight = 0;
  }
  return {};
}

Result<std::vector<Bytes>> LocalStore::own_frames_after(std::uint64_t after_sequence, std::size_t bytes_max) {
  std::vector<Bytes> frames;
  const auto own = dictionary_->find_writer(own_writer_);
  if (!own.has_value()) return frames;
  KX_TRY(select,
         database_->statement("SELECT bytes FROM frame WHERE writer_index = ? AND first_sequence + count - 1 > ? "
                              "ORDER BY first_sequence"));
  select->bind(0, *own);
  select->bind(1, static_cast<std::int64_t>(after_sequence));
  std::size_t total = 0;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    const ByteView bytes = select->bytes(0);
    if (!frames.empty() && total + bytes.size() > bytes_max) break;
    total += bytes.size();
    frames.emplace_back(bytes.begin(), bytes.end());
  }
  select->reset();
  return frames;
}

Status LocalStore::note_progress(const frames::ChainProgress& progress) {
  assert(progress.writer == own_writer_);
  return in_transaction([&]() -> Status {
    KX_CHECK(set_setting("county_stored_through", std::to_string(progress.stored_through)));
    KX_CHECK(set_setting("county_applied_through", std::to_string(progress.applied_through)));
    return set_setting("county_receipt", progress.receipt.text());
  });
}

Result<frames::ChainProgress> LocalStore::own_progress() {
  frames::ChainProgress progress;
  progress.writer = own_writer_;
  KX_TRY(stored, setting("county_stored_through"));
  KX_TRY(applied, setting("county_applied_through"));
  KX_TRY(receipt, setting("county_receipt"));
  progress.stored_through = number_of(stored);
  progress.applied_through = number_of(applied);
  if (receipt.has_value()) {
    KX_TRY(hash, parse_hash(*receipt));
    progress.receipt = hash;
  }
  return progress;
}

Status LocalStore::note_device(const Uuid& device, const PublicKey& key, const std::string& name) {
  KX_TRY(upsert, database_->statement("INSERT OR REPLACE INTO device (device, public_key, name) VALUES (?, ?, ?)"));
  upsert->bind(0, device.view());
  upsert->bind(1, ByteView(key.bytes));
  upsert->bind(2, std::string_view(name));
  return upsert->run();
}

Result<std::optional<PublicKey>> LocalStore::device_key(const Uuid& device) {
  if (device == own_writer_.device && key_.has_value()) return std::optional(key_->public_key());
  KX_TRY(select, database_->statement("SELECT public_key FROM device WHERE device = ?"));
  select->bind(0, device.view());
  KX_TRY(row, select->step());
  std::optional<PublicKey> key;
  if (row && select->bytes(0).size() == 32) {
    key.emplace();
    std::ranges::copy(select->bytes(0), key->bytes.begin());
  }
  select->reset();
  return key;
}

Result<std::uint64_t> LocalStore::county_cursor() {
  KX_TRY(cursor, setting("county_cursor"));
  return number_of(cursor);
}

Status LocalStore::quarantine(ByteView bytes, std::uint64_t county_sequence, const std::string& reason) {
  KX_TRY(insert,
         database_->statement("INSERT OR IGNORE INTO quarantine (county_sequence, hash, reason, since_ms, bytes) "
                              "VALUES (?, ?, ?, ?, ?)"));
  const Hash hash = sha256(bytes);
  insert->bind(0, static_cast<std::int64_t>(county_sequence));
  insert->bind(1, ByteView(hash.bytes));
  insert->bind(2, std::string_view(reason));
  insert->bind(3, world_.clock.now_ms());
  insert->bind(4, bytes);
  return insert->run();
}

Status LocalStore::apply_one(const frames::SequencedFrame& sequenced, frames::ApplyCounts& counts) {
  const auto set_aside = [&](const std::string& reason) {
    ++counts.quarantined;
    return quarantine(sequenced.bytes, sequenced.county_sequence, reason);
  };
  const auto frame = frames::parse_frame(sequenced.bytes);
  if (!frame.ok()) return set_aside(frame.error().message());
  KX_TRY(writer, dictionary_->writer_index(frame->header.writer));
  KX_TRY(select, database_->statement("SELECT hash FROM frame WHERE writer_index = ? AND first_sequence = ?"));
  select->bind(0, writer);
  select->bind(1, static_cast<std::int64_t>(frame->header.first_sequence));
  KX_TRY(is_known, select->step());
  const bool is_same = is_known && hash_from_bytes(select->bytes(0)) == frame->hash();
  select->reset();
  if (is_known && !is_same)
    return set_aside(say_text("同一序号有两个不同的数据帧", "two different frames with the same numbers"));
  if (is_same) {
    ++counts.duplicates;
    KX_TRY(update,
           database_->statement("UPDATE frame SET county_sequence = ? WHERE writer_index = ? AND first_sequence = ?"));
    update->bind(0, static_cast<std::int64_t>(sequenced.county_sequence));
    update->bind(1, writer);
    update->bind(2, static_cast<std::int64_t>(frame->header.first_sequence));
    return update->run();
  }
  KX_TRY(key, device_key(frame->header.writer.device));
  if (!key.has_value() && frame->header.suite != frames::Suite::pinned) {
    return set_aside(say_text("不认识写这个数据帧的设备", "the device that wrote this frame is not known"));
  }
  if (const Status proof = frames::verify_frame(*frame, key.value_or(PublicKey{})); !proof.ok()) {
    return set_aside(proof.error().message());
  }
  KX_TRY(last, last_sequence(writer));
  if (frame->header.first_sequence <= last) {
    return set_aside(
        say_text("操作序号与已有操作重叠", "its operation numbers overlap operations that are here already"));
  }
  const auto operations = frames::decode_operations(*frame);
  if (!operations.ok()) return set_aside(operations.error().message());
  KX_CHECK(insert_frame(*frame, sequenced.county_sequence));
  for (const history::Operation& operation : *operations) {
    hybrid_clock_.observe(operation.time);
    KX_TRY(is_new, log_->append(operation));
    if (is_new) ++counts.operations;
  }
  ++counts.frames;
  return {};
}

Result<frames::ApplyCounts> LocalStore::apply_pulled(const std::vector<frames::SequencedFrame>& sequenced,
                                                     std::uint64_t cursor_after) {
  frames::ApplyCounts counts;
  KX_CHECK(in_transaction([&]() -> Status {
    for (const frames::SequencedFrame& frame : sequenced) KX_CHECK(apply_one(frame, counts));
    return set_setting("county_cursor", std::to_string(cursor_after));
  }));
  // Our own frames may come home after this laptop was restored from a backup.
  if (const auto own = dictionary_->find_writer(own_writer_)) {
    KX_TRY(last, last_sequence(*own));
    next_sequence_ = last + 1;
  }
  return counts;
}

Status LocalStore::adopt_registers(const frames::Frame& pinned) {
  KX_CHECK(frames::verify_frame(pinned, PublicKey{}));
  KX_TRY(operations, frames::decode_operations(pinned));
  return in_transaction([&]() -> Status {
    KX_TRY(writer, dictionary_->writer_index(pinned.header.writer));
    KX_TRY(last, last_sequence(writer));
    if (last > 0) return {};
    KX_CHECK(insert_frame(pinned, std::nullopt));
    for (const history::Operation& operation : operations) {
      KX_TRY(is_new, log_->append(operation));
      assert(is_new);
      static_cast<void>(is_new);
    }
    return {};
  });
}

}  // namespace kuangxun::sqlite
