#pragma once

#include <filesystem>

#include "db/base/running.h"
#include "db/sqlite/laptop_store.h"
#include "sync/bundle/written_bundle.h"
#include "sync/engine/report.h"

// A sync by stick, for a laptop that has joined a county: the words of `bundle write FILE` and `bundle read FILE`.
namespace kuangxun::client {

// refused when the laptop has not joined a county or has lost its key. Nothing counts
// as synced by it.
Result<bundle::WrittenBundle> write_bundle(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                           const std::filesystem::path& file, Clock& clock, Random& random,
                                           const Running& running = {});

// The county's answers, brought back.
Result<engine::Report> read_answers(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                    const std::filesystem::path& file, Clock& clock, Random& random,
                                    const Running& running = {});

}  // namespace kuangxun::client
