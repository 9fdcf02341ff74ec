#pragma once

#include <functional>
#include <optional>
#include <string>

#include "db/sqlite/local_store.h"
#include "sync/client/county_caller.h"
#include "sync/engine/session.h"

// What the laptop does with the county: join it once, then sync. Both block; run them on a worker with a store of its
// own thread.
namespace kuangxun::client {

struct SyncReport {
  std::uint64_t pushed = 0;          // operations that are new at the county
  std::uint64_t pulled = 0;          // operations that are new here
  std::uint64_t stored_through = 0;  // of our own chain, at the county
  std::uint64_t applied_through = 0;
  std::uint64_t disputes = 0;     // open here after the sync
  std::uint64_t quarantined = 0;  // kept, but not shown: ours at the county, and pulled ones here
  std::uint64_t photos_sent = 0;
  std::uint64_t photos_fetched = 0;
};

// Runs one session over a link, with a pause after each break. `wait` sleeps that many milliseconds.
Result<engine::Report> run_session(engine::Session& session, Link& link, const Caller& caller, const County& county,
                                   const std::function<void(int)>& wait);

// Joins the county with a code that its office gave; keeps address, id and key of the county in the store's settings
// (county_url, county_id, county_key). refused when somebody else answers; bad_input when the laptop has joined another
// county already.
Status enrol(sqlite::LocalStore& store, const std::string& url, const std::string& code, Clock& clock);

// With the county joined; `url` empty means the address kept, another one is kept instead. Photos lie in `photos`.
Result<SyncReport> sync(sqlite::LocalStore& store, const std::filesystem::path& photos, const std::string& url,
                        Clock& clock);

// The county's address that is kept, if the laptop has joined one.
Result<std::optional<std::string>> joined_county(sqlite::LocalStore& store);

}  // namespace kuangxun::client
