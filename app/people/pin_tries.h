#pragma once

#include <cstdint>
#include <filesystem>

#include "db/base/clock.h"
#include "db/base/result.h"

namespace kuangxun::people {

// Wrong PINs of one person, counted in a file, so that the count survives a restart. The first few are free; then each
// one doubles the wait. It keeps a colleague at the same laptop from trying all numbers; whoever copies the key's file
// away is held up by Argon2id alone (see db/base/wrapped_key.h).
class PinTries {
 public:
  static constexpr int free_tries = 3;
  static constexpr std::int64_t first_wait_ms = 10'000;
  static constexpr std::int64_t wait_max_ms = 60LL * 60 * 1000;

  PinTries(std::filesystem::path file, Clock& clock) : file_(std::move(file)), clock_(clock) {}

  // busy while there is still something to wait for; the message says how long.
  Status may_try();
  // Counts before the PIN is looked at: a program that is killed meanwhile has counted.
  Status begin();
  // The PIN was right.
  Status forget();
  // It could not be looked at after all.
  Status take_back();
  int wrong() const;
  // After so many wrong ones.
  static std::int64_t wait_ms(int wrong);

 private:
  struct Count {
    int wrong = 0;
    std::int64_t last_ms = 0;
  };
  Count read() const;
  Status write(const Count& count);

  std::filesystem::path file_;
  Clock& clock_;
};

}  // namespace kuangxun::people
