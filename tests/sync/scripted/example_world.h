#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/engine/session.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_laptop_store.h"
#include "tests/support/seeded_random.h"
#include "tests/sync/scripted/memory_photos.h"
#include "tests/sync/scripted/scripted_county.h"

namespace kuangxun::tests {

// A laptop with everything in memory. Made by ExampleWorld.
struct WorldLaptop {
  MemoryLaptopStore store;
  MemoryPhotos photos;

  // One finding, sealed in a frame of its own; the record's id.
  Uuid write(const std::string& text);
  // Other words for one that is here.
  void rewrite(const Uuid& record, const std::string& text);
  // All words that are shown for it: several when it is disputed, none when it is not here.
  std::vector<std::string> read(const Uuid& record);
  std::uint64_t written();
  // The key file is gone: another key and the next epoch, which is to be enrolled.
  void lose_key();
};

// What may happen to one request on its way.
enum class Luck { arrives, request_lost, answer_lost };

struct Talk {
  engine::Report report;
  std::optional<Error> failure;
  std::vector<std::string> asked;  // names of the requests, in order
  std::size_t count(const std::string& name) const;
};

struct TalkOptions {
  // What the county says instead.
  std::function<void(const wire::RequestBody&, ScriptedCounty::Outcome&)> change;
  // By the number of the request, from 0.
  std::function<Luck(std::size_t)> luck;
  bool has_photos = true;
  std::size_t requests_max = 2000;  // more is a loop that does not end
};

// A laptop that has synced, and its folder copied elsewhere: neither knows of the other.
struct CopiedLaptop {
  std::unique_ptr<WorldLaptop> original;
  std::unique_ptr<WorldLaptop> copy;
  Uuid shared;  // a record that both have
};

// One clock, one county and its laptops, the same in every run.
class ExampleWorld {
 public:
  explicit ExampleWorld(std::uint64_t seed = 3) : random(seed) {}
  std::unique_ptr<WorldLaptop> new_laptop();
  // A new laptop that the county knows.
  std::unique_ptr<WorldLaptop> enrolled(const std::string& name);
  // Its folder, copied elsewhere.
  std::unique_ptr<WorldLaptop> copy_of(const WorldLaptop& laptop);
  CopiedLaptop copied_laptop();
  // A whole session. Throws when it does not end.
  Talk talk(WorldLaptop& laptop, const TalkOptions& options = {});

  ManualClock clock;
  SeededRandom random;
  FrameShelf shelf;
  ScriptedCounty county{clock, random};

 private:
  std::unique_ptr<WorldLaptop> laptop_of(LaptopState state);
};

std::string name_of(const wire::RequestBody& request);

}  // namespace kuangxun::tests
