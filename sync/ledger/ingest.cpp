#include "sync/ledger/ingest.h"

#include <algorithm>

#include "db/base/limits.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county_writer.h"

// A laptop's frames are proved before any lock is taken, so that nobody waits for hashing and signatures; how they fit
// the chain is looked at under the lock, where it cannot change any more. The first that does not fit ends the push,
// but for forks: they are evidence and all kept.
namespace kuangxun::ledger {
namespace {

using wire::PushRefusal;

// The key that signs a writer's frames, and those that once did; none when the county knows no such writer.
std::vector<PublicKey> keys_of(const County& county, const history::WriterId& writer) {
  std::vector<PublicKey> keys;
  if (county.is_county(writer)) {
    if (const auto key = county.known().key_of(writer.epoch)) keys.push_back(*key);
  } else if (const rights::Device* device = county.registry().find_device(writer)) {
    keys.push_back(device->key);
    keys.insert(keys.end(), device->other_keys.begin(), device->other_keys.end());
  }
  return keys;
}

Result<BelievedFrame> believe_by_any(const frames::Frame& frame, const std::vector<PublicKey>& keys) {
  auto believed = believe(frame, keys.front());
  for (std::size_t i = 1; i < keys.size() && !believed.ok(); ++i) {
    believed = believe(frame, keys[i]);
    if (believed.ok()) believed->is_of_other_key = true;
  }
  return believed;
}

// Frames that were proved without any lock, and the first that was not.
struct Proved {
  std::vector<BelievedFrame> frames;
  PushRefusal refusal = PushRefusal::none;
  std::uint64_t refused_sequence = 0;
};

Proved prove(const County& county, const wire::PushRequest& request) {
  Proved proved;
  const auto refuse = [&](PushRefusal refusal, std::uint64_t sequence) {
    proved.refusal = refusal;
    proved.refused_sequence = sequence;
  };
  const std::vector<PublicKey> keys = keys_of(county, request.writer);
  for (const Bytes& bytes : request.frames) {
    auto frame = frames::parse_frame(bytes);
    if (!frame.ok()) {
      const bool is_newer = frame.error().code() == ErrorCode::newer_version;
      refuse(is_newer ? PushRefusal::newer_version : PushRefusal::malformed, 0);
      return proved;
    }
    const std::uint64_t sequence = frame->header.first_sequence;
    if (keys.empty() || frame->header.writer != request.writer || frame->header.suite != frames::Suite::ed25519) {
      refuse(PushRefusal::wrong_writer, sequence);
      return proved;
    }
    auto believed = believe_by_any(*frame, keys);
    if (!believed.ok()) {
      refuse(PushRefusal::damaged, sequence);
      return proved;
    }
    proved.frames.push_back(std::move(believed).value());
  }
  return proved;
}

// How a believed frame fits the chain that the county has.
enum class ChainFit { next, known, gap, fork };

class ChainFitter {
 public:
  // Reads what the county has where these frames begin.
  static Result<ChainFitter> make(ports::LogStore& store, const std::vector<BelievedFrame>& frames) {
    ChainFitter fitter;
    if (frames.empty()) return fitter;
    const frames::FrameHeader& first = frames.front().frame.header;
    KX_TRY(known, store.frame_hashes(first.writer, first.first_sequence, frames.back().frame.header.first_sequence));
    fitter.known_ = std::move(known);
    return fitter;
  }
  ChainFit fit(const ports::Chain& chain, const BelievedFrame& believed) {
    const frames::FrameHeader& header = believed.frame.header;
    if (header.first_sequence > chain.stored_through + 1) return ChainFit::gap;
    if (header.first_sequence == chain.stored_through + 1) {
      return header.previous == chain.last_frame ? ChainFit::next : ChainFit::fork;
    }
    const auto known = known_.find(header.first_sequence);
    return known != known_.end() && known->second == believed.hash ? ChainFit::known : ChainFit::fork;
  }
  void took(const BelievedFrame& believed) { known_[believed.frame.header.first_sequence] = believed.hash; }

 private:
  std::map<std::uint64_t, Hash> known_;
};

// A chain that goes on behind a fork is as forked, and so is one that goes on behind its end.
Result<ChainFit> fit_with_forks(County& county, ChainFit how, const BelievedFrame& believed) {
  const frames::FrameHeader& header = believed.frame.header;
  if (believed.is_of_other_key) return ChainFit::fork;
  if (how == ChainFit::gap) {
    KX_TRY(is_behind_fork, county.store().has_fork(header.previous));
    return is_behind_fork ? ChainFit::fork : ChainFit::gap;
  }
  const bool is_closed =
      how == ChainFit::next &&
      std::ranges::any_of(county.registry().closings_of(header.writer), [&](const rights::Decision* closing) {
        return closing->is_hidden && header.last_sequence() >= closing->range.first;
      });
  return is_closed ? ChainFit::fork : how;
}

Status keep_fork(County& county, const BelievedFrame& believed) {
  const frames::FrameHeader& header = believed.frame.header;
  return county.store().add_fork({header.writer, header.first_sequence, header.last_sequence(), believed.hash,
                                  county.clock().now_ms(), believed.frame.bytes});
}

void count(PushCounts& counts, std::set<Uuid>& persons, const BelievedFrame& believed) {
  ++counts.frames;
  counts.operations += believed.frame.header.count;
  counts.bytes += believed.frame.bytes.size();
  if (!believed.operations.has_value()) return;
  for (const history::Operation& operation : *believed.operations) persons.insert(operation.person);
  counts.persons = persons.size();
}

// Stores what fits; the first that does not ends it.
struct Taken {
  PushRefusal refusal = PushRefusal::none;
  std::uint64_t refused_sequence = 0;
  std::vector<std::vector<history::Operation>> operations;  // of the county's own frames
};

Result<Taken> take(County& county, const std::vector<BelievedFrame>& frames, PushCounts& counts) {
  Taken taken;
  std::set<Uuid> persons;
  Intake intake(county);
  KX_TRY(fitter, ChainFitter::make(county.store(), frames));
  for (const BelievedFrame& believed : frames) {
    KX_TRY(chain, intake.chain(believed.frame.header.writer));
    KX_TRY(how, fit_with_forks(county, fitter.fit(*chain, believed), believed));
    if (taken.refusal == PushRefusal::fork) {
      // What stands behind a fork may be nowhere else: its laptop may have been restored since.
      if (how != ChainFit::known) KX_CHECK(keep_fork(county, believed));
      continue;
    }
    if (how == ChainFit::known) continue;
    if (how != ChainFit::next) {
      taken.refusal = how == ChainFit::gap ? PushRefusal::gap : PushRefusal::fork;
      taken.refused_sequence = believed.frame.header.first_sequence;
      if (how == ChainFit::gap) break;
      KX_CHECK(keep_fork(county, believed));
      continue;
    }
    KX_CHECK(intake.take(believed));
    fitter.took(believed);
    count(counts, persons, believed);
    if (county.is_county(believed.frame.header.writer) && believed.operations.has_value()) {
      taken.operations.push_back(*believed.operations);
    }
  }
  KX_CHECK(intake.finish());
  return taken;
}

}  // namespace

Result<wire::PushAnswer> push(County& county, const wire::PushRequest& request, PushCounts& counts) {
  wire::PushAnswer answer;
  KX_CHECK(county.refresh());
  const Proved proved = prove(county, request);
  answer.refusal = proved.refusal;
  answer.refused_sequence = proved.refused_sequence;
  if (!proved.frames.empty()) {
    const bool is_own = county.is_county(request.writer);
    KX_TRY(transaction, CountyTransaction::begin(county, is_own ? ports::Work::apply : ports::Work::store));
    if (is_own) KX_CHECK(transaction.also_store());
    KX_TRY(taken, take(county, proved.frames, counts));
    if (taken.refusal != PushRefusal::none) {
      answer.refusal = taken.refusal;
      answer.refused_sequence = taken.refused_sequence;
    }
    if (!taken.operations.empty()) KX_CHECK(show_county_operations(county, taken.operations));
    KX_CHECK(transaction.commit());
  }
  KX_TRY(chains, county.store().chains({&request.writer, 1}));
  const ports::Chain& chain = chains.front();
  answer.chain = {chain.stored_through, chain.applied_through, chain.last_frame, chain.receipt};
  return answer;
}

Status load_genesis(County& county, const frames::Frame& genesis) {
  KX_TRY(believed, believe(genesis, PublicKey{}));
  {
    KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::store));
    PushCounts counts;
    KX_CHECK(take(county, {std::move(believed)}, counts));
    KX_CHECK(transaction.commit());
  }
  return apply_all(county);
}

}  // namespace kuangxun::ledger
