#include "app/county/command.h"
#include "app/county/passphrase.h"
#include "app/county/shared_words.h"
#include "db/base/wrapped_key.h"
#include "db/language/language.h"
#include "sync/archive/archive.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/follow.h"

namespace kuangxun::county {
namespace {

// The archive in a backup, opened with the key that stands before it, wrapped by the passphrase.
Result<std::unique_ptr<container::ContainerReader>> open_backup(const std::filesystem::path& file,
                                                                const std::string& passphrase) {
  KX_TRY(reader, container::ContainerReader::open(file));
  Bytes wrapped(wrapped_key_bytes);
  KX_TRY(count, reader->read(wrapped));
  wrapped.resize(count);
  const auto key = unwrap_key(wrapped, passphrase);
  if (!key.ok()) {
    return Error(key.error().code(), phrase("cannot open the backup {0}: {1}", {file.string(), key.error().words()}));
  }
  KX_TRY(secret, ExchangeSecret::of(*key));
  KX_CHECK(reader->unseal(secret));
  return reader;
}

struct Restore final : Command {
  std::filesystem::path file;
  std::filesystem::path passphrase_file;

  void describe(WordList& words) override {
    words.about(say_text("a backup into an empty database"));
    words.argument("FILE", file, say_text("the backup"));
    take_passphrase(words, passphrase_file);
  }
  Result<int> run(Context& context) override {
    KX_TRY(passphrase, read_passphrase(passphrase_file));
    KX_TRY(lock, lock_store(context.address));
    KX_TRY(source, open_backup(file, passphrase));
    KX_TRY(store, context.open_store(Purpose::create));
    KX_TRY(restored,
           archive::read_archive([&](std::span<std::uint8_t> buffer) { return source->read(buffer); }, *store));
    KeyFolder folder(context.address.keys);
    KX_CHECK(folder.make());
    for (const archive::SideFile& side : restored.files) {
      std::error_code failure;
      // A key that is here is never overwritten: it may be newer than the backup.
      if (std::filesystem::exists(folder.path() / side.name, failure)) continue;
      KX_CHECK(write_file_durably(folder.path() / side.name, side.content, true));
    }
    KX_CHECK(ledger::follow_county(*store, context.clock, context.random));
    store.reset();
    KX_TRY(office, context.open_office(Purpose::serve));
    KX_CHECK(ledger::begin_incarnation(office->county(), 0, 0));
    context.out << say_with(
                       "restored {0} frames and {1} photos; at their next sync the laptops offer again what came "
                       "after the backup",
                       {std::to_string(restored.counts.frames), std::to_string(restored.counts.attachments)})
                << '\n';
    return exit_done;
  }
};

const Registered<Restore> registered("restore", 530);

}  // namespace
}  // namespace kuangxun::county
