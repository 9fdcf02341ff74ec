#pragma once

#include <string>

#include "db/base/running.h"
#include "db/sqlite/laptop_store.h"
#include "sync/client/link.h"
#include "sync/engine/report.h"

// What an enrolled laptop does with its county. Blocks; runs on a worker with a store of its own thread.
namespace kuangxun::client {

// With the county joined; `url` empty means the address kept, another one is kept instead when the sync was good.
// Photos lie in `photos`. The laptop's certificate is renewed at half of its life, and after its end. What others enter
// meanwhile goes with the next sync. An error: nothing was done; a stop is one. What went wrong after something was
// done is the report's problem, so that what was done is told as well.
Result<engine::Report> sync(sqlite::LaptopStore& store, const std::filesystem::path& photos, const std::string& url,
                            Clock& clock, Random& random, const Running& running = {});

// refused when the laptop has not joined a county, or has lost its key.
Status check_joined(sqlite::LaptopStore& store);

// An encrypted link to the county that the laptop has joined, at `url` or the address kept.
Result<std::unique_ptr<SecureLink>> open_county_link(sqlite::LaptopStore& store, const std::string& url, Random& random,
                                                     const Running& running = {});
// As people write it; without encryption nothing is ever sent, so http:// is understood as https://.
Result<std::string> county_url(const std::string& text);

}  // namespace kuangxun::client
