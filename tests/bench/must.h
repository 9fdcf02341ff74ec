#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "db/base/result.h"

// What a measurement cannot go on without. It says what was missing and ends the process: packaging/bench.sh names the
// measurement with these words, and takes the figures of the others in processes of their own.
namespace kuangxun::bench {

[[noreturn]] inline void give_up(std::string_view why) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(why.size()), why.data());
  std::abort();
}

inline void must_hold(bool holds, std::string_view what) {
  if (!holds) give_up(what);
}

// Every one of these is there; the first that is not says why.
template <class... Results>
void must_be_ok(const Results&... results) {
  (..., (results.ok() ? void() : give_up(results.error().message())));
}

template <class T>
T must(Result<T> result) {
  if (!result.ok()) give_up(result.error().message());
  return std::move(result).value();
}
inline void must(const Status& status) {
  if (!status.ok()) give_up(status.error().message());
}

}  // namespace kuangxun::bench
