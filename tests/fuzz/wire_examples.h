#pragma once

#include <string>
#include <vector>

#include "db/base/bytes.h"
#include "db/frames/frame_store.h"

// Sound messages, one of each type and some more, all signed with example_key(). The same in every run.
namespace kuangxun::fuzz {

struct NamedBytes {
  std::string name;
  Bytes bytes;
};

std::vector<NamedBytes> example_requests();
std::vector<NamedBytes> example_answers();

// What the county signs beside answers.
Bytes example_receipt();
Bytes example_checkpoint();
std::vector<Bytes> example_key_statements();
// Who signed them.
const frames::KnownCounty& example_county();

}  // namespace kuangxun::fuzz
