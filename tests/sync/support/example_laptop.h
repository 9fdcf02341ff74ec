#pragma once

#include <map>
#include <set>
#include <vector>

#include "db/base/clock.h"
#include "db/frames/frame.h"
#include "db/records/record.h"

namespace kuangxun::tests {

// A laptop as the county sees it, without a database: it writes operations, knowing what it has seen, and seals them.
class ExampleLaptop {
 public:
  ExampleLaptop(Clock& clock, Random& random, std::string name);
  ExampleLaptop(ExampleLaptop&&) = default;

  const history::WriterId& writer() const { return writer_; }
  const SigningKey& key() const { return key_; }
  const std::string& name() const { return name_; }

  // One operation on one group, based on all heads of the group that this laptop knows.
  history::Operation edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group,
                          std::vector<records::FieldValue> values);
  // One operation for each group with a value.
  void enter(const records::Record& record);
  history::Operation set_voided(const Uuid& record, records::KindNumber kind, bool voided, const std::string& reason);

  // Seals what was not sealed yet; the bytes of the new frame, empty when there is nothing.
  Bytes seal();
  const std::vector<Bytes>& frames() const { return frames_; }
  // Operations in the order they were written.
  const std::vector<history::Operation>& written() const { return written_; }
  // The same laptop after its key was lost: another key, the next epoch, nothing written in it yet.
  ExampleLaptop renewed(Random& random) const;
  // A copied data folder: the same device and key, from here on another history.
  ExampleLaptop clone() const;
  // For frames and operations that no sound laptop writes.
  void replace_last_frame(const Bytes& bytes);
  void replace_last_operation(const history::Operation& operation) { written_.back() = operation; }
  // Learns what another laptop wrote.
  void see(const std::vector<history::Operation>& operations);

 private:
  ExampleLaptop(Clock& clock, const history::WriterId& writer, SigningKey key, std::string name)
      : clock_(clock), writer_(writer), key_(std::move(key)), name_(std::move(name)) {}
  std::vector<history::OperationId> heads(const Uuid& record, records::GroupNumber group) const;
  void know(const history::Operation& operation);

  Clock& clock_;
  history::WriterId writer_;
  SigningKey key_;
  std::string name_;
  Uuid person_;
  std::uint16_t counter_ = 0;
  std::vector<history::Operation> written_;
  std::size_t sealed_ = 0;
  std::vector<Bytes> frames_;
  Hash previous_;
  std::map<Uuid, std::map<records::GroupNumber, std::map<history::OperationId, history::Operation>>> known_;
};

// A record of the kind with a fitting value in every field, from the random source.
records::Record example_record(const records::KindDescription& kind, Clock& clock, Random& random);
records::Value example_value(const records::FieldDescription& field, Random& random);

// The frame with another payload, hashed and signed as if its owner had meant it.
Bytes with_payload(const Bytes& frame, const Bytes& payload, const SigningKey& key);

}  // namespace kuangxun::tests
