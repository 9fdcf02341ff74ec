#pragma once

#include "sync/bundle/write_bundle.h"
#include "sync/engine/dialogue.h"

namespace kuangxun::bundle {

struct ReadAnswers {
  BundleHeader header;
  // As after a session: what is stored and applied there, what came, what was wrong.
  engine::Report report;
  std::int64_t county_time_ms = 0;
};

// Proves the county's answers, then takes in what they say, by the same checks as a session over the network. Reading
// them again does no harm. May be stopped between one answer and the next. `keep_keys`: as in engine::Dialogue.
Result<ReadAnswers> read_answers(const Laptop& laptop, const std::filesystem::path& path,
                                 const engine::Dialogue::KeepKeys& keep_keys);

}  // namespace kuangxun::bundle
