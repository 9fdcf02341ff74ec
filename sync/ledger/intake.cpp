#include "sync/ledger/intake.h"

#include <cassert>

#include "db/language/language.h"
#include "sync/wire/receipt.h"

namespace kuangxun::ledger {

Result<BelievedFrame> believe(frames::Frame frame, const PublicKey& key) {
  KX_CHECK(frames::verify_frame(frame, key));
  BelievedFrame believed{std::move(frame), {}, {}, false};
  believed.hash = believed.frame.hash();
  auto operations = frames::decode_operations(believed.frame);
  if (operations.ok()) believed.operations = std::move(operations).value();
  return believed;
}

void add_entries(std::vector<ports::OperationEntry>& entries, const std::vector<history::Operation>& operations,
                 std::uint64_t county_sequence) {
  std::uint32_t position = 0;
  for (const history::Operation& operation : operations) {
    entries.push_back({{county_sequence, position++},
                       {operation.record, operation.kind},
                       operation.group,
                       operation.person,
                       operation.time.wall_ms});
  }
}

Result<const ports::Chain*> Intake::chain(const history::WriterId& writer) {
  const auto known = chains_.find(writer);
  if (known != chains_.end()) return &known->second;
  KX_TRY(found, county_.store().chains({&writer, 1}));
  assert(found.size() == 1);
  return &chains_.emplace(writer, std::move(found.front())).first->second;
}

Status Intake::take(const BelievedFrame& believed) {
  const frames::FrameHeader& header = believed.frame.header;
  KX_CHECK(chain(header.writer));
  ports::Chain& chain = chains_.at(header.writer);
  assert(header.first_sequence == chain.stored_through + 1 && header.previous == chain.last_frame);

  ports::CountyState& state = county_.state();
  ports::StoredFrame stored;
  stored.county_sequence = state.latest_sequence() + 1;
  stored.writer = header.writer;
  stored.first_sequence = header.first_sequence;
  stored.last_sequence = header.last_sequence();
  stored.bytes = believed.frame.bytes;
  // From the bytes that are stored, not from what was computed when they were verified: a bit that turned in memory
  // meanwhile must not become a leaf that no frame has.
  stored.hash = frames::frame_hash(stored.bytes);
  stored.received_at_ms = county_.clock().now_ms();
  if (stored.hash != believed.hash) {
    return Error(ErrorCode::corrupt, phrase("a frame changed in memory: it was not stored; check this machine's "
                                            "memory"));
  }
  state.frontier.append(stored.hash);
  if (county_.is_county(header.writer)) state.registry_sequence = stored.county_sequence;
  chain.stored_through = stored.last_sequence;
  chain.last_frame = stored.hash;
  chain.received_at_ms = stored.received_at_ms;
  touched_[header.writer] = stored.county_sequence;
  if (believed.operations.has_value()) add_entries(entries_, *believed.operations, stored.county_sequence);
  frames_.push_back(std::move(stored));
  return {};
}

Status Intake::finish() {
  if (frames_.empty()) return {};
  std::vector<ports::Chain> changed;
  for (const auto& [writer, county_sequence] : touched_) {
    ports::Chain& chain = chains_.at(writer);
    // The county needs no word from itself, and the registers are nobody's.
    if (!county_.is_county(writer) && writer != frames::pinned_writer()) {
      chain.receipt = wire::seal_receipt({county_.state().county, writer, chain.stored_through, county_sequence,
                                          chain.last_frame, chain.received_at_ms, county_.state().epoch},
                                         county_.key());
    }
    changed.push_back(chain);
  }
  KX_CHECK(county_.store().add_frames(frames_));
  KX_CHECK(county_.store().add_operations(entries_));
  KX_CHECK(county_.store().set_chains(changed));
  KX_CHECK(county_.store().set_state(county_.state()));
  frames_.clear();
  entries_.clear();
  touched_.clear();
  return {};
}

}  // namespace kuangxun::ledger
