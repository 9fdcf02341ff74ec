#include "app/county/command.h"
#include "app/county/passphrase.h"
#include "app/county/shared_words.h"
#include "db/base/file_stream.h"
#include "db/base/sealed_stream.h"
#include "db/base/wrapped_key.h"
#include "db/language/language.h"
#include "sync/archive/archive.h"

namespace kuangxun::county {
namespace {

constexpr std::uint64_t key_folder_file_bytes_max = 64 << 10;

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

struct Backup final : Command {
  std::filesystem::path file;
  std::filesystem::path passphrase_file;

  void describe(WordList& words) override {
    words.about(say_text("an encrypted copy of everything, the keys too"));
    words.argument("FILE", file, say_text("the backup"));
    take_passphrase(words, passphrase_file);
  }
  Result<int> run(Context& context) override {
    KX_TRY(passphrase, read_passphrase(passphrase_file));
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(files, read_key_folder(context.address.keys));
    const SigningKey key = SigningKey::generate(context.random);
    KX_TRY(wrapped, wrap_key(key, passphrase, context.random));
    KX_TRY(secret, ExchangeSecret::of(key));
    KX_TRY(out, FileWriter::create(file, true));
    KX_CHECK(out->write(wrapped));
    KX_TRY(sealed, SealedWriter::open(secret.public_key(), [&](ByteView bytes) { return out->write(bytes); }));
    KX_TRY(counts, archive::write_archive(*store, files, [&](ByteView bytes) { return sealed->write(bytes); }));
    KX_CHECK(sealed->finish());
    KX_CHECK(out->commit());
    context.out << say_with("backed up to {0}: {1} frames, {2} photos, {3} key files (encrypted)",
                            {file.string(), std::to_string(counts.frames), std::to_string(counts.attachments),
                             std::to_string(counts.files)})
                << '\n';
    return exit_done;
  }
};

const Registered<Backup> registered("backup", 520);

}  // namespace
}  // namespace kuangxun::county
