#include "sync/upward/read_package.h"

#include <algorithm>
#include <map>
#include <set>

#include "db/base/hash_stream.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/kinds.h"
#include "sync/ledger/attachments.h"
#include "sync/ledger/follow.h"
#include "sync/ledger/intake.h"
#include "sync/rights/registry.h"
#include "sync/upward/package.h"
#include "sync/upward/receipt.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"

namespace kuangxun::upward {
namespace {

constexpr std::size_t frames_at_once = 200;

Error contradicts(const std::string& county) {
  return Error(ErrorCode::refused,
               phrase("county {0} shows another history than it reported before: frames are missing or changed. "
                      "Nothing was taken. Keep this file as evidence and ask the county (if its database was put "
                      "back from a backup, have it run `restored` and write again)",
                      {county}));
}

// What the prefecture knows of the county before it reads the package.
struct Known {
  std::string fingerprint;
  std::vector<PackageEntry> packages;
  std::vector<Bytes> statements;
  std::optional<ports::CountyState> state;
  frames::Frontier base;               // the county's tree before the package's first frame
  std::optional<PackageEntry> newest;  // of the package's incarnation
  bool is_superseded = false;          // a later one has been read
};

// A photo whose chunks follow each other.
struct ComingPhoto {
  wire::AttachmentName name;
  std::uint32_t chunks = 0;
  HashStream content;
};

// Goes through a package once: to prove it, or, when it was proved, to store it.
class Reading {
 public:
  Reading(sql::SqlStore& store, const Known& known, const PackageHeader& header, bool is_storing)
      : store_(store), known_(known), header_(header), is_storing_(is_storing), tree_(known.base) {
    if (known.state.has_value()) state_ = *known.state;
  }

  Result<ReadPackage> run(PackageReader& reader) {
    KX_TRY(heads, store_.registry_heads());
    const rights::Registry registry(header_.county, heads);
    for (const auto& [writer, device] : registry.devices()) keys_[writer] = device.key;
    for (;;) {
      KX_TRY(record, reader.next());
      if (!record.has_value()) break;
      KX_CHECK(take(record->type, record->body));
    }
    KX_CHECK(learn_keys());
    KX_CHECK(end_photo());
    const Manifest& manifest = reader.manifest();
    KX_CHECK(verify_manifest(header_, manifest, county_));
    if (!is_checked_ || manifest.through != tree_.size() || manifest.frames != count_ ||
        manifest.photos != read_.photos) {
      return damaged_package();
    }
    const bool is_behind = known_.newest.has_value() && tree_.size() < known_.newest->through;
    if (is_behind && !known_.is_superseded) return contradicts(header_.county.text());
    // An older one may only say again what the later ones said.
    if (known_.is_superseded && (read_.frames > 0 || tree_.size() > known_.newest->through)) {
      return contradicts(header_.county.text());
    }
    KX_CHECK(flush());
    read_.through = manifest.through;
    read_.county = header_.county;
    read_.county_name = state_.name;
    read_.number = header_.number;
    return read_;
  }
  const frames::Frontier& tree() const { return tree_; }

 private:
  Status take(RecordType type, const Bytes& body) {
    wire::ByteReader in(body);
    switch (type) {
      case RecordType::county: {
        state_.name = in.counted_text(limits::short_text_bytes_max);
        state_.created_at_ms = in.number<std::int64_t>();
        return in.is_finished() ? Status() : damaged_package();
      }
      case RecordType::key_statement:
        if (statements_.size() == limits::county_keys_max || !county_.signers.empty()) return damaged_package();
        statements_.push_back(body);
        return {};
      case RecordType::frame:
        KX_CHECK(learn_keys());
        return take_frame(in, body);
      case RecordType::chunk:
        return take_chunk(in, body);
      case RecordType::checkpoint:
        KX_CHECK(learn_keys());
        return take_checkpoint(body);
      case RecordType::end:
        break;
    }
    return Error(ErrorCode::newer_version,
                 phrase("the package holds what this program does not know: update the prefecture's program first; "
                        "nothing was taken"));
  }

  // All statements stand before the first frame. The key that people compared must be among them, and whatever comes
  // after it must be introduced by it.
  Status learn_keys() {
    if (!county_.signers.empty()) return {};
    KX_TRY(all, wire::open_key_statements(statements_, {}));
    const auto pinned = std::ranges::find_if(
        all, [&](const wire::KeyStatement& one) { return fingerprint_of(one.key) == known_.fingerprint; });
    const bool is_prolonged = known_.statements.size() <= statements_.size() &&
                              std::equal(known_.statements.begin(), known_.statements.end(), statements_.begin());
    if (pinned == all.end() || all.front().county != header_.county || !is_prolonged) {
      return Error(ErrorCode::refused,
                   phrase("county {0} has other keys than the fingerprint {1} says; nothing was taken: somebody may "
                          "be writing in its name. Compare the fingerprint by telephone, then run `upward trust`",
                          {header_.county.text(), known_.fingerprint}));
    }
    frames::KnownCounty trusted;
    trusted.county = header_.county;
    for (auto one = all.begin(); one != pinned + 1; ++one) trusted.signers.push_back({one->first_epoch, one->key});
    const auto believed = wire::open_key_statements(statements_, trusted);
    if (!believed.ok()) {
      return Error(ErrorCode::refused,
                   phrase("the county lost its key and has a new one, for which the old one did not sign: compare "
                          "the new fingerprint by telephone, then run `upward trust`"));
    }
    county_ = wire::known_county(*believed);
    state_.county = header_.county;
    return is_storing_ ? begin_storing() : Status();
  }

  Status begin_storing() {
    KX_TRY(transaction, ports::Transaction::begin(store_, ports::Work::store));
    state_.incarnation = header_.incarnation;
    state_.epoch = county_.signers.back().first_epoch;
    state_.key_count = static_cast<std::uint32_t>(statements_.size());
    KX_CHECK(store_.set_state(state_));
    for (std::size_t i = known_.statements.size(); i < statements_.size(); ++i) {
      KX_CHECK(store_.add_key_statement(statements_[i]));
    }
    return transaction.commit();
  }

  Result<ports::Chain*> chain_of(const history::WriterId& writer) {
    if (const auto found = chains_.find(writer); found != chains_.end()) return &found->second;
    KX_TRY(found, store_.chains({&writer, 1}));
    return &chains_.emplace(writer, std::move(found.front())).first->second;
  }

  Status take_frame(wire::ByteReader& in, const Bytes& body) {
    const auto sequence = in.number<std::uint64_t>();
    const auto received_at_ms = in.number<std::int64_t>();
    if (in.is_bad() || is_checked_ || sequence != tree_.size() + 1) return damaged_package();
    auto parsed = frames::parse_frame(Bytes(body.begin() + 16, body.end()));
    if (!parsed.ok()) return parsed.error();
    const frames::Frame& frame = *parsed;
    const frames::FrameHeader& of = frame.header;
    const Hash hash = frame.hash();
    tree_.append(hash);
    ++count_;
    if (const auto& newest = known_.newest; newest.has_value() && tree_.size() == newest->through) {
      KX_TRY(before, frames::Frontier::decode(newest->frontier));
      if (before.root() != tree_.root()) return contradicts(header_.county.text());
    }
    KX_TRY(chain, chain_of(of.writer));
    if (of.first_sequence <= chain->stored_through) {
      KX_TRY(known, store_.frame_hashes(of.writer, of.first_sequence, of.first_sequence));
      if (const auto one = known.find(of.first_sequence); one != known.end() && one->second == hash) return {};
    }
    auto believed = ledger::believe(frame, key_of(of.writer));
    if (!believed.ok()) return believed.error().within(phrase("frame {0}", {std::to_string(sequence)}));
    learn_devices(*believed);
    ++read_.frames;
    if (of.first_sequence > chain->stored_through + 1) return damaged_package();
    if (of.first_sequence != chain->stored_through + 1 || of.previous != chain->last_frame) {
      return take_fork(*believed, received_at_ms);
    }
    chain->stored_through = of.last_sequence();
    chain->last_frame = hash;
    chain->received_at_ms = received_at_ms;
    return is_storing_ ? store_frame(*believed, received_at_ms) : Status();
  }

  // Nobody known gives a key that signs nothing.
  PublicKey key_of(const history::WriterId& writer) const {
    if (writer.device == header_.county) return county_.key_of(writer.epoch).value_or(PublicKey{});
    const auto found = keys_.find(writer);
    return found == keys_.end() ? PublicKey{} : found->second;
  }

  void learn_devices(const ledger::BelievedFrame& believed) {
    if (believed.frame.header.writer.device != header_.county || !believed.operations.has_value()) return;
    const rights::Registry said(header_.county, *believed.operations);
    for (const auto& [writer, device] : said.devices()) {
      if (device.key != PublicKey{}) keys_.emplace(writer, device.key);
    }
  }

  Status take_fork(const ledger::BelievedFrame& believed, std::int64_t received_at_ms) {
    ++read_.forks;
    if (!is_storing_) return {};
    const frames::FrameHeader& of = believed.frame.header;
    KX_TRY(transaction, ports::Transaction::begin(store_, ports::Work::store));
    KX_CHECK(store_.add_fork(
        {of.writer, of.first_sequence, of.last_sequence(), believed.hash, received_at_ms, believed.frame.bytes}));
    return transaction.commit();
  }

  Status store_frame(const ledger::BelievedFrame& believed, std::int64_t received_at_ms) {
    const frames::FrameHeader& of = believed.frame.header;
    ports::StoredFrame stored;
    stored.county_sequence = state_.latest_sequence() + 1;
    stored.writer = of.writer;
    stored.first_sequence = of.first_sequence;
    stored.last_sequence = of.last_sequence();
    stored.hash = believed.hash;
    stored.received_at_ms = received_at_ms;
    stored.bytes = believed.frame.bytes;
    state_.frontier.append(stored.hash);
    if (of.writer.device == header_.county) state_.registry_sequence = stored.county_sequence;
    if (believed.operations.has_value()) ledger::add_entries(entries_, *believed.operations, stored.county_sequence);
    touched_.insert(of.writer);
    frames_.push_back(std::move(stored));
    return frames_.size() < frames_at_once ? Status() : flush();
  }

  Status flush() {
    if (frames_.empty()) return {};
    std::vector<ports::Chain> changed;
    for (const history::WriterId& writer : touched_) changed.push_back(chains_.at(writer));
    KX_TRY(transaction, ports::Transaction::begin(store_, ports::Work::store));
    KX_CHECK(store_.add_frames(frames_));
    KX_CHECK(store_.add_operations(entries_));
    KX_CHECK(store_.set_chains(changed));
    KX_CHECK(store_.set_state(state_));
    KX_CHECK(transaction.commit());
    frames_.clear();
    entries_.clear();
    touched_.clear();
    return {};
  }

  Status take_chunk(wire::ByteReader& in, const Bytes& body) {
    wire::AttachmentPutRequest put;
    put.name.hash = in.hash();
    put.name.size_bytes = in.number<std::uint64_t>();
    put.index = in.number<std::uint32_t>();
    if (in.is_bad() || put.name.size_bytes > limits::attachment_bytes_max || put.index >= put.name.chunk_count() ||
        body.size() - 44 != put.name.chunk_size_bytes(put.index)) {
      return damaged_package();
    }
    if (put.index == 0) {
      KX_CHECK(end_photo());
      photo_.emplace();
      photo_->name = put.name;
    }
    if (!photo_.has_value() || photo_->name != put.name || photo_->chunks != put.index) return damaged_package();
    put.bytes.assign(body.begin() + 44, body.end());
    ++photo_->chunks;
    if (!is_storing_) photo_->content.add(put.bytes);
    if (is_storing_) KX_CHECK(ledger::keep_chunk(store_, put));
    return {};
  }

  // A receipt for the package says that its photos are here whole.
  Status end_photo() {
    if (!photo_.has_value()) return {};
    if (photo_->chunks != photo_->name.chunk_count()) return damaged_package();
    if (!is_storing_ && photo_->content.finish() != photo_->name.hash) return damaged_package();
    photo_.reset();
    ++read_.photos;
    return {};
  }

  Status take_checkpoint(const Bytes& body) {
    KX_TRY(checkpoint, wire::open_checkpoint(body, county_));
    if (is_checked_ || checkpoint.size != tree_.size() || checkpoint.incarnation != header_.incarnation) {
      return damaged_package();
    }
    if (checkpoint.root != tree_.root()) return contradicts(header_.county.text());
    is_checked_ = true;
    return {};
  }

  sql::SqlStore& store_;
  const Known& known_;
  const PackageHeader& header_;
  bool is_storing_;
  frames::Frontier tree_;
  ports::CountyState state_;
  std::vector<Bytes> statements_;
  frames::KnownCounty county_;
  std::map<history::WriterId, PublicKey> keys_;
  std::map<history::WriterId, ports::Chain> chains_;
  std::set<history::WriterId> touched_;
  std::vector<ports::StoredFrame> frames_;
  std::vector<ports::OperationEntry> entries_;
  std::optional<ComingPhoto> photo_;  // the one whose chunks are coming
  std::uint64_t count_ = 0;
  bool is_checked_ = false;  // the checkpoint came
  ReadPackage read_;
};

// Where the package stands among those that were read. An entry: it was read before, or what holds it all.
Status place(Known& known, const PackageHeader& header) {
  const std::string county = header.county.text();
  if (!known.packages.empty() && known.packages.back().incarnation > header.incarnation) {
    return Error(ErrorCode::refused,
                 phrase("the package is from before county {0}'s database was restored, and one from after that has "
                        "been read: nothing was taken",
                        {county}));
  }
  const PackageEntry* base = nullptr;
  for (const PackageEntry& entry : known.packages) {
    if (entry.incarnation != header.incarnation) continue;
    known.newest = entry;
    if (entry.hash == header.previous) base = &entry;
  }
  known.is_superseded = known.newest.has_value() && header.number < known.newest->number;
  if (header.previous.is_zero()) return header.first_sequence == 1 ? Status() : damaged_package();
  if (base == nullptr) {
    return Error(ErrorCode::refused,
                 phrase("package {1} of county {0} continues one that was not read here (the newest here is {2}): "
                        "read those between first, or have the county write again with --from-start",
                        {county, std::to_string(header.number),
                         std::to_string(known.newest.has_value() ? known.newest->number : 0)}));
  }
  if (base->through + 1 != header.first_sequence) return damaged_package();
  KX_TRY(tree, frames::Frontier::decode(base->frontier));
  known.base = std::move(tree);
  return {};
}

Result<Known> recall(sql::SqlStore& store, Ledger& ledger, const PackageHeader& header) {
  Known known;
  KX_TRY(peer, ledger.peer());
  known.fingerprint = peer.fingerprint;
  if (known.fingerprint.empty()) {
    return Error(ErrorCode::refused,
                 phrase("county {0} is not known here: compare its fingerprint by telephone (`upward fingerprint` "
                        "there), then run `upward trust` here",
                        {header.county.text()}));
  }
  KX_TRY(packages, ledger.packages());
  known.packages = std::move(packages);
  KX_TRY(statements, store.key_statements());
  known.statements = std::move(statements);
  if (auto state = store.state(); state.ok()) {
    known.state = std::move(state).value();
  } else if (state.error().code() != ErrorCode::not_found) {
    return state.error();
  }
  return known;
}

}  // namespace

Result<ReadPackage> read_package(const Prefecture& prefecture, const std::filesystem::path& path) {
  KX_TRY(header, PackageReader::read_header(path));
  KX_TRY(store, prefecture.open(header.county));
  Ledger ledger(*store, header.county);
  KX_TRY(known, recall(*store, ledger, header));
  KX_CHECK(place(known, header));
  // A reading that was cut short has stored and not shown.
  if (known.state.has_value()) KX_CHECK(ledger::follow_county(*store, prefecture.clock, prefecture.random));
  KX_TRY(secret, ExchangeSecret::of(prefecture.key));
  KX_TRY(proof, PackageReader::open(path, secret));
  Reading proving(*store, known, header, false);
  KX_TRY(read, proving.run(*proof));
  const Hash hash = package_hash(header, proof->manifest());
  for (const PackageEntry& entry : known.packages) {
    if (entry.incarnation != header.incarnation || entry.number != header.number) continue;
    if (entry.hash != hash) return contradicts(header.county.text());
    read.outcome = PackageOutcome::known;
    read.receipt = entry.receipt;
    return read;
  }
  if (known.is_superseded) {
    read.outcome = PackageOutcome::superseded;
    read.receipt = known.newest->receipt;
    return read;
  }
  KX_TRY(again, PackageReader::open(path, secret));
  Reading storing(*store, known, header, true);
  KX_TRY(stored, storing.run(*again));
  if (package_hash(header, again->manifest()) != hash) return damaged_package();
  KX_CHECK(ledger::follow_county(*store, prefecture.clock, prefecture.random));
  PackageEntry entry{header.incarnation,
                     header.number,
                     header.first_sequence,
                     stored.through,
                     hash,
                     proof->manifest().county_time_ms,
                     storing.tree().encode(),
                     {},
                     prefecture.clock.now_ms()};
  stored.receipt = seal_upward_receipt(
      {header.county, header.incarnation, header.number, hash, stored.through, entry.receipted_at_ms}, prefecture.key);
  entry.receipt = stored.receipt;
  KX_TRY(transaction, ports::Transaction::begin(*store, ports::Work::store));
  KX_CHECK(ledger.put(entry));
  KX_CHECK(transaction.commit());
  return stored;
}

Status trust(const Prefecture& prefecture, const Uuid& county, const std::string& fingerprint) {
  KX_TRY(store, prefecture.open(county));
  Ledger ledger(*store, county);
  KX_TRY(transaction, ports::Transaction::begin(*store, ports::Work::store));
  KX_TRY(peer, ledger.peer());
  peer.fingerprint = normal_fingerprint(fingerprint);
  KX_CHECK(ledger.set_peer(peer));
  return transaction.commit();
}

}  // namespace kuangxun::upward
