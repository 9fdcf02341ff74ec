#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "db/base/result.h"

// For this folder only: the XML parts of an XLSX file, unpacked piece by piece.
namespace kuangxun::sheets {

// A number of bytes that all parts of a file may take together, so that a small file cannot fill the memory.
struct Budget {
  std::size_t left = 0;
  bool take(std::size_t bytes) {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  }
};

// An XLSX file, which is a ZIP archive. `bytes` must outlive it.
class Parts {
 public:
  static Result<Parts> open(std::string_view bytes, const std::string& file);
  bool has(const std::string& part) const;
  // Hands the part to `take` in pieces, in order; stops at its first error.
  Status read(const std::string& part, Budget& budget, const std::function<Status(std::string_view)>& take) const;

 private:
  Parts(std::shared_ptr<void> archive, std::string file) : archive_(std::move(archive)), file_(std::move(file)) {}
  std::shared_ptr<void> archive_;
  std::string file_;
};

}  // namespace kuangxun::sheets
