#pragma once

#include <memory>
#include <span>
#include <vector>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/frames/frame_store.h"
#include "db/history/record_store.h"
#include "tests/simulation/merge_model.h"
#include "tests/simulation/strike.h"

namespace kuangxun::simulation {

// The program of a laptop with its store open.
class LaptopProgram {
 public:
  virtual ~LaptopProgram() = default;
  virtual history::RecordStore& records() = 0;
  virtual frames::FrameStore& frames() = 0;
  // When the key file is gone the laptop enrols with another key, and goes on in another epoch (see LocalStore).
  virtual bool has_key() = 0;
  virtual Result<frames::NextEpoch> adopt_new_key(std::uint32_t not_before) = 0;
  virtual Result<SigningKey> prepared_key() = 0;
  virtual Result<std::uint64_t> first_unsealed() = 0;
  // Own operations of the present epoch after a number, which touched only these edits' groups.
  virtual std::vector<history::Operation> own_after(std::uint64_t sequence, std::span<const history::Edit> edits) = 0;
  virtual Projection projection() = 0;
  // Everything that could still come to the county from here.
  virtual std::vector<history::Operation> everything() = 0;
};

// What the program stands on.
struct LaptopParts {
  Clock& clock;
  Random& random;
  Strike& strike;
};

// What is left of a laptop when its program ends, in memory or in real files.
class LaptopDisk {
 public:
  virtual ~LaptopDisk() = default;
  // Throws tests::Killed when the strike says so. One program at a time.
  virtual std::unique_ptr<LaptopProgram> start(const LaptopParts& parts) = 0;
  // While no program runs: an image, a clone.
  virtual std::unique_ptr<LaptopDisk> copy() const = 0;
  // While no program runs: the key file of the current epoch is gone.
  virtual void lose_key() = 0;
};

}  // namespace kuangxun::simulation
