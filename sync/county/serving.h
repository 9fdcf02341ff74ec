#pragma once

#include <iosfwd>
#include <vector>

#include "sync/county/office.h"

namespace kuangxun::county {

struct ServeWords {
  std::string host;
  std::uint16_t port = 0;
  unsigned workers = 0;  // 0: as fits the store
  std::vector<std::string> proxies;
  std::filesystem::path log_folder;  // empty: beside the keys
  std::filesystem::path upward;      // where packages for the prefecture are written; empty: nowhere
  std::uint64_t every_h = 24;        // how often
};

// Serves until SIGTERM or SIGINT. Says on `out` where, as soon as it does.
Status serve(const Office::World& world, std::ostream& out, const StoreAddress& address, const ServeWords& words);

}  // namespace kuangxun::county
