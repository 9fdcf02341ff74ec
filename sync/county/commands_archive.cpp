#include <algorithm>
#include <ostream>

#include "db/base/file_stream.h"
#include "db/base/sealed_stream.h"
#include "db/base/text.h"
#include "db/base/wrapped_key.h"
#include "db/language/language.h"
#include "sync/archive/archive.h"
#include "sync/archive/prove_county.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/follow.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/checkpoint.h"

// Proving, exporting for others to prove, and keeping a copy.
namespace kuangxun::county {
namespace {

constexpr std::uint64_t passphrase_bytes_max = 1000;
constexpr std::uint64_t key_folder_file_bytes_max = 64 << 10;
constexpr ports::PageLimits page_limits{16U << 20, 1000, 1000};

Result<std::string> read_passphrase(const std::filesystem::path& file) {
  KX_TRY(text, read_text_file(file, passphrase_bytes_max));
  std::string passphrase(trim(text));
  if (passphrase.empty()) {
    return Error(ErrorCode::bad_input, phrase("{0} is empty: write the passphrase there", {file.string()}));
  }
  return passphrase;
}

// Keys and certificates, so that one file brings the county back.
Result<std::vector<archive::SideFile>> read_key_folder(const std::filesystem::path& folder) {
  std::vector<archive::SideFile> files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (!entry.is_regular_file()) continue;
    KX_TRY(content, read_file(entry.path(), key_folder_file_bytes_max));
    files.push_back({entry.path().filename().string(), std::move(content)});
  }
  if (failure) {
    return Error(ErrorCode::unavailable,
                 phrase("cannot read the key folder {0} ({1})", {folder.string(), failure.message()}));
  }
  return files;
}

std::string checkpoint_name() {
  return "checkpoint.kxcp";
}

// u32 length and the bytes, one after the other.
Status put_counted(FileWriter& out, ByteView bytes) {
  wire::ByteWriter writer;
  writer.counted(bytes);
  return out.write(writer.bytes());
}

Status export_frames(ports::LogStore& store, const std::filesystem::path& path, std::uint64_t through) {
  KX_TRY(out, FileWriter::create(path, false));
  std::uint64_t after = 0;
  while (after < through) {
    KX_TRY(page, store.page(after, {}, page_limits));
    if (page.frames.empty()) break;
    for (const ports::StoredFrame& frame : page.frames) {
      if (frame.county_sequence > through) break;
      KX_CHECK(put_counted(*out, frame.bytes));
      after = frame.county_sequence;
    }
  }
  return out->commit();
}

}  // namespace

Status verify(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(proof, archive::prove_county(*store));
  if (as_json) {
    std::vector<std::string> problems;
    for (const std::string& problem : proof.problems) problems.push_back(JsonObject::quoted(problem));
    JsonObject facts;
    facts.add("ok", proof.ok());
    facts.add("frames", proof.frames);
    facts.add("operations", proof.operations);
    facts.add("receipts", proof.receipts);
    facts.add_raw("problems", "[" + join(problems, ", ") + "]");
    world.out << facts.text() << '\n';
  } else {
    for (const std::string& problem : proof.problems) world.out << problem << '\n';
    world.out << say_with("{0} frames, {1} operations, {2} receipts: {3}",
                          {std::to_string(proof.frames), std::to_string(proof.operations),
                           std::to_string(proof.receipts), proof.ok() ? say_text("all hold") : say_text("problems")})
              << '\n';
  }
  if (proof.ok()) return {};
  return Error(ErrorCode::corrupt, phrase("the county does not verify: keep it as evidence and restore a backup"));
}

Status export_proof(World& world, const StoreAddress& address, const std::filesystem::path& folder) {
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  KX_CHECK(make_folder(folder));
  KX_CHECK(office->county().refresh());
  const ports::CountyState state = office->county().state();
  KX_CHECK(export_frames(office->store(), folder / "frames.kxf", state.latest_sequence()));
  KX_TRY(statements, FileWriter::create(folder / "keys.kxk", false));
  for (const Bytes& statement : office->county().statements()) KX_CHECK(put_counted(*statements, statement));
  KX_CHECK(statements->commit());
  KX_TRY(devices, archive::device_keys(office->store(), state.county));
  std::string keys;
  for (const archive::DeviceKey& device : devices) {
    keys +=
        device.writer.device.text() + " " + std::to_string(device.writer.epoch) + " " + to_hex(device.key.bytes) + "\n";
  }
  KX_CHECK(write_file_durably(folder / "devices.txt", as_bytes(keys)));
  const Bytes checkpoint = wire::seal_checkpoint({state.county, state.incarnation, state.latest_sequence(),
                                                  state.frontier.root(), world.clock.now_ms(), state.epoch},
                                                 office->county().key());
  KX_CHECK(write_file_durably(folder / checkpoint_name(), checkpoint));
  world.out << say_with("{0} frames are exported to {1}; kuangxun-verify proves them independently",
                        {std::to_string(state.latest_sequence()), folder.string()})
            << '\n';
  return {};
}

Status backup(World& world, const StoreAddress& address, const std::filesystem::path& file,
              const std::filesystem::path& passphrase_file) {
  KX_TRY(passphrase, read_passphrase(passphrase_file));
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(files, read_key_folder(address.keys));
  const SigningKey key = SigningKey::generate(world.random);
  KX_TRY(wrapped, wrap_key(key, passphrase, world.random));
  KX_TRY(secret, ExchangeSecret::of(key));
  KX_TRY(out, FileWriter::create(file, true));
  KX_CHECK(out->write(wrapped));
  KX_TRY(sealed, SealedWriter::open(secret.public_key(), [&](ByteView bytes) { return out->write(bytes); }));
  KX_TRY(counts, archive::write_archive(*store, files, [&](ByteView bytes) { return sealed->write(bytes); }));
  KX_CHECK(sealed->finish());
  KX_CHECK(out->commit());
  world.out << say_with("backed up to {0}: {1} frames, {2} photos, {3} key files (encrypted)",
                        {file.string(), std::to_string(counts.frames), std::to_string(counts.attachments),
                         std::to_string(counts.files)})
            << '\n';
  return {};
}

namespace {

// The archive in a backup, decrypted block by block.
class BackupSource {
 public:
  static Result<std::unique_ptr<BackupSource>> open(const std::filesystem::path& file, const std::string& passphrase) {
    KX_TRY(in, FileReader::open(file));
    Bytes wrapped(wrapped_key_bytes);
    KX_TRY(count, in->read(wrapped));
    wrapped.resize(count);
    const auto key = unwrap_key(wrapped, passphrase);
    if (!key.ok()) {
      return Error(key.error().code(), phrase("cannot open the backup {0}: {1}", {file.string(), key.error().words()}));
    }
    KX_TRY(secret, ExchangeSecret::of(*key));
    auto source = std::make_unique<BackupSource>();
    source->file_ = std::move(in);
    KX_TRY(reader, SealedReader::open(secret, [raw = source->file_.get()](std::span<std::uint8_t> buffer) {
             return raw->read(buffer);
           }));
    source->reader_ = std::move(reader);
    return source;
  }
  Result<std::size_t> read(std::span<std::uint8_t> buffer) {
    std::size_t count = 0;
    while (count < buffer.size()) {
      if (at_ == block_.size()) {
        KX_TRY(block, reader_->read());
        if (block.empty()) break;
        block_ = std::move(block);
        at_ = 0;
      }
      const std::size_t some = std::min(buffer.size() - count, block_.size() - at_);
      std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(at_), some,
                  buffer.begin() + static_cast<std::ptrdiff_t>(count));
      at_ += some;
      count += some;
    }
    return count;
  }

 private:
  std::unique_ptr<FileReader> file_;
  std::unique_ptr<SealedReader> reader_;
  Bytes block_;
  std::size_t at_ = 0;
};

}  // namespace

Status restore(World& world, const StoreAddress& address, const std::filesystem::path& file,
               const std::filesystem::path& passphrase_file) {
  KX_TRY(passphrase, read_passphrase(passphrase_file));
  KX_TRY(lock, lock_store(address));
  KX_TRY(source, BackupSource::open(file, passphrase));
  KX_TRY(store, open_store(address, Purpose::create));
  KX_TRY(restored, archive::read_archive([&](std::span<std::uint8_t> buffer) { return source->read(buffer); }, *store));
  KeyFolder folder(address.keys);
  KX_CHECK(folder.make());
  for (const archive::SideFile& side : restored.files) {
    std::error_code failure;
    // A key that is here is never overwritten: it may be newer than the backup.
    if (std::filesystem::exists(folder.path() / side.name, failure)) continue;
    KX_CHECK(write_file_durably(folder.path() / side.name, side.content, true));
  }
  KX_CHECK(ledger::follow_county(*store, world.clock, world.random));
  store.reset();
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::serve));
  KX_CHECK(ledger::begin_incarnation(office->county(), 0, 0));
  world.out << say_with(
                   "restored {0} frames and {1} photos; at their next sync the laptops offer again what came "
                   "after the backup",
                   {std::to_string(restored.counts.frames), std::to_string(restored.counts.attachments)})
            << '\n';
  return {};
}

}  // namespace kuangxun::county
