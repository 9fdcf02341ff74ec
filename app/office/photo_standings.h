#pragma once

#include "app/inspect/photo/photo_standing.h"
#include "db/sqlite/laptop_store.h"

namespace kuangxun::office {

// Of every photo that a record of the store names; their files lie in `photos`.
Result<inspect::PhotoStandings> photo_standings(sqlite::LaptopStore& store, const std::filesystem::path& photos);

}  // namespace kuangxun::office
