#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "sync/county/store_address.h"

// What the people at headquarters do with kuangxun-county. Each command prints to `out` what it was asked for and
// nothing else.
namespace kuangxun::county {

struct World {
  Clock& clock;
  Random& random;
  std::ostream& out;
  std::ostream& log;
};

// A new county database with its key and, unless `assets` is empty, the county's registers. bad_input when there is
// one.
Status init(World& world, const StoreAddress& address, const std::string& name, const std::filesystem::path& assets);
// Serves until SIGTERM or SIGINT.
Status serve(World& world, const StoreAddress& address, const std::string& host, std::uint16_t port);
// Prints an enrolment code, good for one laptop within seven days.
Status enrol(World& world, const StoreAddress& address, const std::string& name, const std::string& role);
Status devices(World& world, const StoreAddress& address, bool as_json);
Status status(World& world, const StoreAddress& address, bool as_json);

}  // namespace kuangxun::county
