#include "sync/archive/prove_county.h"

#include <functional>
#include <map>

#include "db/frames/frame.h"
#include "db/language/language.h"
#include "db/records/kinds.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/receipt.h"

namespace kuangxun::archive {
namespace {

constexpr ports::PageLimits page_limits{16U << 20, 1000, 1000};
constexpr std::size_t problems_max = 1000;

Status for_each_frame(ports::LogStore& log, const std::function<Status(const ports::StoredFrame&)>& visit) {
  for (std::uint64_t after = 0;;) {
    KX_TRY(page, log.page(after, {}, page_limits));
    if (page.frames.empty()) return {};
    for (const ports::StoredFrame& frame : page.frames) {
      KX_CHECK(visit(frame));
      after = frame.county_sequence;
    }
  }
}

// The device keys that one operation of the county introduces.
void read_device(const history::Operation& operation, std::vector<DeviceKey>& keys) {
  if (operation.kind != records::kinds::device || operation.group != 1) return;
  DeviceKey found;
  bool has_key = false;
  for (const records::FieldValue& value : operation.values) {
    if (const auto* id = std::get_if<Uuid>(&value.value); id != nullptr && value.field == 1) found.writer.device = *id;
    if (const auto* epoch = std::get_if<std::int64_t>(&value.value); epoch != nullptr && value.field == 2) {
      found.writer.epoch = static_cast<std::uint32_t>(*epoch);
    }
    if (const auto* key = std::get_if<Bytes>(&value.value); key != nullptr && value.field == 3 && key->size() == 32) {
      found.key.bytes = hash_from_bytes(*key).bytes;
      has_key = true;
    }
  }
  if (has_key) keys.push_back(found);
}

class Prover {
 public:
  explicit Prover(ports::CountyStore& store) : store_(store) {}

  Result<Proof> run() {
    KX_TRY(state, store_.state());
    KX_TRY(sealed, store_.key_statements());
    const auto statements = wire::open_key_statements(sealed, {});
    if (!statements.ok()) {
      complain(statements.error().message());
      return proof_;
    }
    county_ = wire::known_county(*statements);
    KX_TRY(devices, device_keys(store_, state.county));
    for (const DeviceKey& device : devices) keys_.emplace(device.writer, device.key);
    KX_CHECK(for_each_frame(store_, [&](const ports::StoredFrame& frame) { return prove(frame); }));
    if (tree_ != state.frontier) {
      complain(say_with("the frames do not make the log's tree: {0} frames, {1} expected",
                        {std::to_string(tree_.size()), std::to_string(state.latest_sequence())}));
    }
    KX_CHECK(prove_receipts());
    return std::move(proof_);
  }

 private:
  struct End {
    std::uint64_t through = 0;
    Hash last;
  };

  void complain(const std::string& problem) {
    if (proof_.problems.size() < problems_max) proof_.problems.push_back(problem);
  }

  Status prove(const ports::StoredFrame& stored) {
    ++proof_.frames;
    tree_.append(frames::frame_hash(stored.bytes));
    const auto say_wrong = [&](const std::string& what) {
      complain(say_with("frame {0}: {1}", {std::to_string(stored.county_sequence), what}));
    };
    if (stored.county_sequence != proof_.frames) say_wrong(say_text("the sequence has a gap"));
    const auto frame = frames::parse_frame(stored.bytes);
    if (!frame.ok()) {
      say_wrong(frame.error().message());
      return {};
    }
    const history::WriterId& writer = frame->header.writer;
    const auto key = key_of(writer);
    if (!key.has_value() && frame->header.suite != frames::Suite::pinned) {
      say_wrong(say_text("the device that wrote it is not known"));
    } else if (const Status believed = frames::verify_frame(*frame, key.value_or(PublicKey{})); !believed.ok()) {
      say_wrong(believed.error().message());
    }
    End& end = ends_[writer];
    if (frame->header.first_sequence != end.through + 1 || frame->header.previous != end.last) {
      say_wrong(say_text("it does not continue its chain"));
    }
    end = {frame->header.last_sequence(), frame->hash()};
    proof_.operations += frame->header.count;
    if (!frames::decode_operations(*frame).ok()) return {};
    KX_TRY(is_indexed, store_.is_indexed(stored.county_sequence));
    if (!is_indexed) say_wrong(say_text("the operation index lacks it"));
    return {};
  }

  std::optional<PublicKey> key_of(const history::WriterId& writer) const {
    if (writer.device == county_.county) return county_.key_of(writer.epoch);
    const auto found = keys_.find(writer);
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
  }

  Status prove_receipts() {
    KX_TRY(chains, store_.all_chains());
    for (const ports::Chain& chain : chains) {
      const auto say_wrong = [&](const std::string& what) {
        complain(say_with("device {0}, epoch {1}: {2}",
                          {chain.writer.device.text(), std::to_string(chain.writer.epoch), what}));
      };
      const End& end = ends_[chain.writer];
      if (end.through != chain.stored_through || end.last != chain.last_frame) {
        say_wrong(say_text("the end of its chain is not that of its frames"));
      }
      if (chain.receipt.empty()) continue;
      ++proof_.receipts;
      const auto receipt = wire::open_receipt(chain.receipt, county_);
      if (!receipt.ok() || receipt->writer != chain.writer || receipt->frame != chain.last_frame) {
        say_wrong(say_text("its receipt is not for the end of its chain"));
      }
    }
    return {};
  }

  ports::CountyStore& store_;
  frames::KnownCounty county_;
  std::map<history::WriterId, PublicKey> keys_;
  std::map<history::WriterId, End> ends_;
  frames::Frontier tree_;
  Proof proof_;
};

}  // namespace

Result<std::vector<DeviceKey>> device_keys(ports::LogStore& log, const Uuid& county) {
  std::vector<DeviceKey> keys;
  KX_CHECK(for_each_frame(log, [&](const ports::StoredFrame& stored) -> Status {
    if (stored.writer.device != county) return {};
    const auto frame = frames::parse_frame(stored.bytes);
    const auto operations = frame.ok() ? frames::decode_operations(*frame) : frame.error();
    if (!operations.ok()) return {};
    for (const history::Operation& operation : *operations) read_device(operation, keys);
    return {};
  }));
  return keys;
}

Result<Proof> prove_county(ports::CountyStore& store) {
  return Prover(store).run();
}

}  // namespace kuangxun::archive
