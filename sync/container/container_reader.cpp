#include "sync/container/container_reader.h"

#include <algorithm>

namespace kuangxun::container {

Result<std::unique_ptr<ContainerReader>> ContainerReader::open(const std::filesystem::path& path) {
  KX_TRY(file, FileReader::open(path));
  return std::unique_ptr<ContainerReader>(new ContainerReader(std::move(file)));
}

Status ContainerReader::unseal(const ExchangeSecret& secret) {
  KX_TRY(stream,
         SealedReader::open(secret, [raw = file_.get()](std::span<std::uint8_t> buffer) { return raw->read(buffer); }));
  stream_ = std::move(stream);
  return {};
}

Result<std::size_t> ContainerReader::read(std::span<std::uint8_t> buffer) {
  if (stream_ == nullptr) return file_->read(buffer);
  std::size_t count = 0;
  while (count < buffer.size()) {
    if (at_ == block_.size()) {
      KX_TRY(block, stream_->read());
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

}  // namespace kuangxun::container
