#include "tests/support/county_chain/county_chain.h"

#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

namespace kuangxun::tests {
namespace {

using records::FieldValue;

Uuid named(const std::string& what, const history::WriterId& writer) {
  return fixed_uuid(what + " " + writer.device.text() + " " + std::to_string(writer.epoch));
}

Bytes bytes_of(const PublicKey& key) {
  return Bytes(key.bytes.begin(), key.bytes.end());
}

}  // namespace

CountyChain::CountyChain(Clock& clock, Random& random) : clock_(clock), id_(make_uuid(clock, random)) {
  keys_.push_back(SigningKey::generate(random));
  signers_.push_back({epoch_, keys_.back().public_key()});
}

frames::KnownCounty CountyChain::known() const {
  return {id_, signers_};
}

void CountyChain::begin_epoch(Random& random) {
  keys_.push_back(SigningKey::generate(random));
  signers_.push_back({++epoch_, keys_.back().public_key()});
  sequence_ = 0;
  previous_ = {};
}

history::Edit CountyChain::edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group,
                                std::vector<FieldValue> values) {
  history::Edit change{record, kind, group, std::move(values), {}};
  const auto head = heads_.find({record, group});
  if (head != heads_.end()) change.seen.push_back(head->second);
  return change;
}

Bytes CountyChain::write(const std::vector<history::Edit>& edits) {
  std::vector<history::Operation> operations;
  for (const history::Edit& change : edits) {
    history::Operation operation;
    operation.id = {writer(), ++sequence_};
    operation.time = {clock_.now_ms(), static_cast<std::uint16_t>(sequence_ % 60'000)};
    operation.record = change.record;
    operation.kind = change.kind;
    operation.group = change.group;
    operation.bases = change.seen;
    operation.values = change.values;
    heads_[{change.record, change.group}] = operation.id;
    operations.push_back(std::move(operation));
  }
  const frames::Frame frame = frames::seal_frame(operations, previous_, Hash{}, keys_.back());
  previous_ = frame.hash();
  return frame.bytes;
}

Bytes CountyChain::introduce(const history::WriterId& writer, const PublicKey& key) {
  const Uuid record = named("device", writer);
  return write({edit(record, records::kinds::device, 1,
                     {{1, writer.device}, {2, std::int64_t{writer.epoch}}, {3, bytes_of(key)}}),
                edit(record, records::kinds::device, 4, {{4, std::string("示例设备")}})});
}

Bytes CountyChain::revoke(const history::WriterId& writer, std::uint64_t from_sequence) {
  return write({edit(named("device", writer), records::kinds::device, 7,
                     {{7, static_cast<std::int64_t>(from_sequence)}, {8, clock_.now_ms()}, {9, std::string("遗失")}})});
}

Bytes CountyChain::add_person_key(const Uuid& person, const PublicKey& key) {
  return write(
      {edit(fixed_uuid("key " + to_hex(key.bytes)), records::kinds::person_key, 1, {{1, person}, {2, bytes_of(key)}})});
}

Bytes CountyChain::decide(const history::WriterId& writer, std::uint64_t first, std::uint64_t last, bool is_hidden) {
  const Uuid record = named("decision " + std::to_string(first) + "-" + std::to_string(last), writer);
  std::vector<history::Edit> edits;
  if (!heads_.contains({record, 1})) {
    edits.push_back(edit(record, records::kinds::decision, 1,
                         {{1, writer.device},
                          {2, std::int64_t{writer.epoch}},
                          {3, static_cast<std::int64_t>(first)},
                          {4, static_cast<std::int64_t>(last)}}));
  }
  edits.push_back(edit(record, records::kinds::decision, 5,
                       {{5, std::int64_t{is_hidden ? 1 : 0}},
                        {6, records::decision_code::meaningless},
                        {7, std::string("示例")},
                        {8, clock_.now_ms()}}));
  return write(edits);
}

}  // namespace kuangxun::tests
