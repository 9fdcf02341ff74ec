#include "db/registers/genesis.h"

#include <doctest/doctest.h>

#include "db/frames/frame.h"
#include "tests/support/where.h"

namespace kuangxun::registers {

TEST_CASE("the registers in assets make the one pinned frame that every laptop and the county believe") {
  const auto frame = build_genesis_frame(source_folder() + "/assets/registers");
  if (!frame.ok()) FAIL(frame.error().message());
  CHECK(frame->hash() == frames::pinned_hash());
  CHECK(frame->header.suite == frames::Suite::pinned);
  CHECK(frame->header.writer == frames::pinned_writer());
  CHECK(frames::verify_frame(*frame, PublicKey{}).ok());
  CHECK(frame->header.count == 1540);
}

}  // namespace kuangxun::registers
