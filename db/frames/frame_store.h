#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "db/base/result.h"
#include "db/frames/frame.h"
#include "db/frames/merkle.h"

namespace kuangxun::frames {

// A frame at its place in the county's sequence (which follows commit order).
struct SequencedFrame {
  std::uint64_t county_sequence = 0;
  Bytes bytes;
};

// How many operations they say they hold; bytes that are no frame hold none.
std::uint64_t operations_in(std::span<const SequencedFrame> frames);

// How far the county is with one writer's chain.
struct ChainProgress {
  history::WriterId writer;
  std::uint64_t stored_through = 0;   // last operation whose signed bytes the county has
  std::uint64_t applied_through = 0;  // last operation that its tables show
  Bytes receipt;                      // the county's newest for this writer, whole; empty for none
};

// The end of a chain as somebody holds it.
struct ChainHead {
  history::WriterId writer;
  std::uint64_t through = 0;
  Hash last_frame;
  bool operator==(const ChainHead&) const = default;
};

// Where a laptop stands in the county's sequence. The frontier has a leaf for every frame up to there, also for those
// that the laptop wrote itself; its size is the place.
struct CountyMark {
  std::uint32_t incarnation = 0;  // of the county's store; grows when that was restored from a backup
  Frontier frontier;
  std::uint64_t sequence() const { return frontier.size(); }
  bool operator==(const CountyMark&) const = default;
};

// Who the county is. Its own frames are checked against the key of their epoch.
struct CountySigner {
  std::uint32_t first_epoch = 0;  // signs from this epoch of the county's chain on
  PublicKey key;
  bool operator==(const CountySigner&) const = default;
};
struct KnownCounty {
  Uuid county;                        // also the device id under which it writes; nil when there is none yet
  std::vector<CountySigner> signers;  // by first_epoch, ascending
  // The key of an epoch, if one is known.
  std::optional<PublicKey> key_of(std::uint32_t epoch) const;
  bool operator==(const KnownCounty&) const = default;
};

struct ApplyCounts {
  std::uint64_t frames = 0;       // new here
  std::uint64_t operations = 0;   // new here
  std::uint64_t duplicates = 0;   // frames already here
  std::uint64_t quarantined = 0;  // kept, but not shown: could not be believed or understood
};

// The next epoch of this laptop, before the county knows of it.
struct NextEpoch {
  std::uint32_t epoch = 0;
  PublicKey key;
  Signature proof;  // by the new key over new_epoch_statement(): whoever asks holds it
};

// What the sync session needs of the laptop's store. All calls come from one thread.
class FrameStore {
 public:
  virtual ~FrameStore() = default;

  virtual history::WriterId own_writer() = 0;
  // Of an epoch that this laptop writes or wrote in; none for others.
  virtual std::optional<PublicKey> own_key(std::uint32_t epoch) = 0;
  // Of the current epoch; signs frames and requests. The store must have been opened for writing.
  virtual const SigningKey& signing_key() const = 0;
  // Seals what is not sealed yet. No frame when there is nothing to seal.
  virtual Status seal() = 0;
  // Frames of one chain whose last operation comes after `after_sequence`, oldest first, at most `bytes_max` bytes
  // together (but at least one).
  virtual Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                  std::size_t bytes_max) = 0;
  // The ends of all chains held here without a gap from their start, the registers' not among them, the county's own
  // first.
  virtual Result<std::vector<ChainHead>> chains() = 0;
  // Own chains of earlier epochs with frames that no county receipt or sequence number covers yet.
  virtual Result<std::vector<ChainHead>> unsent_chains() = 0;
  // Progress of own chains, the current epoch's or an earlier one's. The receipt is kept whole.
  virtual Status note_progress(const ChainProgress& progress) = 0;
  // Of the current epoch.
  virtual Result<ChainProgress> own_progress() = 0;

  virtual Result<KnownCounty> known_county() = 0;
  // Keys are only ever added. Whoever calls has checked the statements.
  virtual Status note_county(const KnownCounty& county) = 0;
  // Where the laptop stands, and the newest checkpoint that was checked (wire::Checkpoint as sealed; empty for none).
  virtual Result<CountyMark> county_mark() = 0;
  virtual Result<Bytes> newest_checkpoint() = 0;
  virtual Status note_checkpoint(const Bytes& sealed) = 0;
  // One that the county signed for more than was pulled: what is pulled next must lead there. Kept beside the newest,
  // which may be of another history; empty for none.
  virtual Result<Bytes> promised_checkpoint() = 0;
  virtual Status note_promise(const Bytes& sealed) = 0;
  // The county was restored, or is another incarnation: the place goes back to its start, the old checkpoint is kept as
  // evidence. What is here stays here.
  virtual Status start_over(std::uint32_t incarnation) = 0;
  // A checkpoint that contradicts what was seen. Kept for ever, shown by status and verify.
  virtual Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) = 0;

  // Applies pulled frames and moves the place to `after`, in one transaction. Signatures, hashes and shapes are checked
  // here; what is not believed is set aside. Decisions of the county take effect.
  virtual Result<ApplyCounts> apply_pulled(const std::vector<SequencedFrame>& frames, const CountyMark& after) = 0;
  // A pull has ended, well or not: what it brought is shown now. A store may put that off until here, so that a whole
  // county is shown at once.
  virtual Status show_pulled() { return {}; }
  // Applies frames of one chain that were asked for by name (our own after a restore); the place stays.
  virtual Result<ApplyCounts> apply_chain(const std::vector<SequencedFrame>& frames) = 0;
  // Own operations that the county hides: quarantined and not released.
  virtual Result<std::uint64_t> hidden_own() = 0;

  // Makes the key of the next epoch and keeps it, until it is entered; the same again when asked again with the same
  // epoch. It comes after `not_before`, and after every epoch of this device that is here or named as a base here: a
  // copy of this laptop may have written in it.
  virtual Result<NextEpoch> prepare_epoch(std::uint32_t not_before) = 0;
  // From now on this laptop writes in the prepared epoch. Own operations from `first_lost` on, which the county cannot
  // take under the old one, are written anew under the new one with their bases mapped; frames that held them are kept
  // as evidence of the fork. One transaction.
  virtual Status enter_epoch(const NextEpoch& next, std::uint64_t first_lost) = 0;
};

// What NextEpoch::proof signs.
Bytes new_epoch_statement(const history::WriterId& current, std::uint32_t epoch, const PublicKey& key);

}  // namespace kuangxun::frames
