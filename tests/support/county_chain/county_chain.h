#pragma once

#include <map>
#include <vector>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/frames/frame_store.h"
#include "db/history/record_store.h"

namespace kuangxun::tests {

// What a county writes itself: its own chain of frames, one a call, for laptops that have no county at hand.
class CountyChain {
 public:
  CountyChain(Clock& clock, Random& random);

  // What a laptop learns when it enrols.
  frames::KnownCounty known() const;
  history::WriterId writer() const { return {id_, epoch_}; }
  const SigningKey& key() const { return keys_.back(); }

  // Each gives the frame. Ids of records follow from what they are about.
  Bytes introduce(const history::WriterId& writer, const PublicKey& key);
  Bytes revoke(const history::WriterId& writer, std::uint64_t from_sequence);
  Bytes add_person_key(const Uuid& person, const PublicKey& key);
  Bytes decide(const history::WriterId& writer, std::uint64_t first, std::uint64_t last, bool is_hidden);
  // Any changes of records, one frame.
  Bytes write(const std::vector<history::Edit>& edits);
  // From now on under another key and epoch.
  void begin_epoch(Random& random);

 private:
  // Its values for one group, on top of the ones before.
  history::Edit edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group,
                     std::vector<records::FieldValue> values);

  Clock& clock_;
  Uuid id_;
  std::uint32_t epoch_ = 1;
  std::vector<SigningKey> keys_;
  std::vector<frames::CountySigner> signers_;
  std::uint64_t sequence_ = 0;
  Hash previous_;
  std::map<std::pair<Uuid, records::GroupNumber>, history::OperationId> heads_;
};

}  // namespace kuangxun::tests
