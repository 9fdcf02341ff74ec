#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "db/base/file_stream.h"
#include "db/base/sealed_stream.h"

namespace kuangxun::container {

// Fills as much of the buffer as there is; less only at the end.
using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

// The bytes of a file by count: in the clear, and after unseal() out of its sealed blocks, one of which is in memory.
class ContainerReader {
 public:
  static Result<std::unique_ptr<ContainerReader>> open(const std::filesystem::path& path);
  // What follows is sealed. refused when to somebody else; corrupt when it is no such stream.
  Status unseal(const ExchangeSecret& secret);
  // Fills as much of the buffer as there is; less only at the end, which a sealed file tells only when nothing of it is
  // missing. corrupt otherwise.
  Result<std::size_t> read(std::span<std::uint8_t> buffer);

 private:
  explicit ContainerReader(std::unique_ptr<FileReader> file) : file_(std::move(file)) {}

  std::unique_ptr<FileReader> file_;
  std::unique_ptr<SealedReader> stream_;
  Bytes block_;
  std::size_t at_ = 0;
};

}  // namespace kuangxun::container
