#pragma once

#include <cstdint>
#include <optional>

#include "db/base/result.h"

namespace kuangxun::engine {

// What one exchange with the county did, over the network or by stick. One type from the session to the person who is
// told: nobody copies it member by member, so that nothing of it is lost on the way (app/office/told.h words it).
struct Report {
  std::uint64_t pushed = 0;   // operations of our own that are new at the county
  std::uint64_t relayed = 0;  // operations of others that the county had lost, or of our own earlier epochs
  std::uint64_t pulled = 0;   // operations that are new here
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  std::uint64_t disputes = 0;     // open here afterwards; whoever has the records counts them (sync/client)
  std::uint64_t quarantined = 0;  // own operations that the county hides, and pulled frames set aside
  std::uint64_t photos_sent = 0;
  std::uint64_t photos_fetched = 0;
  std::uint64_t photos_confirmed = 0;  // that a stick brought there
  // The county was restored from a backup since the last sync; everything was offered again.
  bool is_county_restored = false;
  // This laptop's data were copied or restored; it goes on in this epoch.
  std::optional<std::uint32_t> new_epoch;
  // By stick: more has happened between this laptop and the county since; the answers bring nothing new.
  bool is_overtaken = false;
  // By stick: there is more at the county than the answers hold; another bundle brings the rest.
  bool has_more = false;
  // Why the county took no more of our frames, a photo did not go, or it ended early; the rest was done all the same.
  std::optional<Error> problem;

  // Whether anything is here or there that was not before; what ends early and did nothing is just an error.
  bool did_anything() const {
    return pushed + relayed + pulled + photos_sent + photos_fetched + photos_confirmed > 0 || is_county_restored ||
           new_epoch.has_value();
  }
  // The first is what the person is told.
  void note_problem(const Error& error) {
    if (!problem.has_value()) problem = error;
  }
};

}  // namespace kuangxun::engine
