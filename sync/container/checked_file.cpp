#include "sync/container/checked_file.h"

#include "db/language/language.h"

namespace kuangxun::container {

Result<std::unique_ptr<CheckedFileWriter>> CheckedFileWriter::create(const std::filesystem::path& path) {
  std::error_code failure;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, failure))) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} exists already: give another name, or move it away first", {path.string()}));
  }
  KX_TRY(file, FileWriter::create(path, false));
  return std::unique_ptr<CheckedFileWriter>(new CheckedFileWriter(path, std::move(file)));
}

Status CheckedFileWriter::to_file(ByteView bytes) {
  hash_.add(bytes);
  bytes_ += bytes.size();
  return file_->write(bytes);
}

Status CheckedFileWriter::seal(const PublicKey& recipient) {
  clear_bytes_ = bytes_;
  KX_TRY(stream, SealedWriter::open(recipient, [this](ByteView bytes) { return to_file(bytes); }));
  stream_ = std::move(stream);
  return {};
}

Status CheckedFileWriter::write(ByteView bytes) {
  if (stream_ == nullptr) return to_file(bytes);
  content_.add(bytes);
  return stream_->write(bytes);
}

Result<WrittenFile> CheckedFileWriter::finish() {
  if (stream_ != nullptr) KX_CHECK(stream_->finish());
  const Hash hash = hash_.finish();
  KX_CHECK(file_->commit());
  if (Status same = read_back(hash); !same.ok()) {
    std::error_code failure;
    std::filesystem::remove(path_, failure);
    return same.error();
  }
  return WrittenFile{bytes_, hash};
}

// Sticks take bytes that they do not keep. What is read is compared with what was written, and what is sealed is opened
// as its reader will open it.
Status CheckedFileWriter::read_back(const Hash& written) {
  const auto lies = [&](const Words& why) {
    return Error(ErrorCode::unavailable,
                 phrase("{0} reads back otherwise than it was written ({1}): this stick is not reliable, take another",
                        {path_.string(), why}));
  };
  HashStream on_medium;
  HashStream opened;
  KX_TRY(file, FileReader::open(path_));
  const auto read = [&](std::span<std::uint8_t> buffer) {
    auto count = file->read(buffer);
    if (count.ok()) on_medium.add(ByteView(buffer).first(*count));
    return count;
  };
  Bytes clear(stream_ == nullptr ? sealed_block_bytes_max : clear_bytes_);
  for (;;) {
    KX_TRY(count, read(clear));
    if (stream_ != nullptr || count < clear.size()) break;
  }
  if (stream_ != nullptr) {
    auto stream = SealedReader::open_with(stream_->stream_key(), read);
    if (!stream.ok()) return lies(stream.error().words());
    for (;;) {
      const auto block = (*stream)->read();
      if (!block.ok()) return lies(block.error().words());
      if (block->empty()) break;
      opened.add(*block);
    }
  }
  const bool is_same = on_medium.finish() == written;
  if (is_same && (stream_ == nullptr || opened.finish() == content_.finish())) return {};
  return lies(phrase("other bytes"));
}

}  // namespace kuangxun::container
