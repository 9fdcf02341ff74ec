#pragma once

#include <memory>
#include <vector>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/sqlite/local_store.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::bench {

// 1,000,000 operations as a laptop pulls them: 20 places, 4,000 visits spread over them, 100,000 points and answers of
// these visits, each entered and then edited by another laptop. Made once a run.
class MillionFrames {
 public:
  static constexpr std::size_t operations_total = 1'000'000;
  MillionFrames();

  const std::vector<frames::SequencedFrame>& frames() const { return frames_; }
  const std::vector<Uuid>& places() const { return places_; }
  // A new store that knows who wrote the frames, empty.
  std::unique_ptr<sqlite::LocalStore> empty_store(const std::filesystem::path& folder);

 private:
  void write_record(const records::Record& record);
  void edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group, std::uint64_t base,
            std::vector<records::FieldValue> values);
  void seal();

  SystemClock clock_;
  SystemRandom random_;
  tests::CountyChain county_;
  SigningKey key_;
  history::WriterId writer_;
  std::vector<history::Operation> batch_;
  std::vector<frames::SequencedFrame> frames_;
  std::vector<Uuid> places_;
  std::uint64_t sequence_ = 0;
  Hash previous_;
};

// The store with all of them applied, and what applying took. Made once a run.
struct MillionStore {
  tests::TemporaryFolder folder;
  std::unique_ptr<sqlite::LocalStore> store;
  double apply_s = 0;
};
MillionFrames& million_frames();
MillionStore& million_store();

}  // namespace kuangxun::bench
