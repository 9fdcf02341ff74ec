#pragma once

#include <vector>

#include "db/sqlite/store_parts.h"

namespace kuangxun::sqlite {

// By which keys a frame may be believed: the registers' by none, our own, the county's, and those that the county
// introduced.
class WriterKeys {
 public:
  explicit WriterKeys(StoreParts& parts) : parts_(parts) {}

  // Empty when the county has not introduced the writer yet.
  Result<std::vector<PublicKey>> of(const history::WriterId& writer);
  // refused when no key of its writer signed it.
  Status prove(const frames::Frame& frame);

 private:
  StoreParts& parts_;
};

}  // namespace kuangxun::sqlite
