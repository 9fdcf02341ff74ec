#include "tests/simulation/oracle.h"

#include <algorithm>

#include "sync/wire/checkpoint.h"
#include "sync/wire/receipt.h"
#include "tests/simulation/failure.h"

namespace kuangxun::simulation {
namespace {

// FNV-1a, 64 bits: thousands of operations a seed, not an adversary.
class Mixer {
 public:
  void bytes(ByteView bytes) {
    for (const std::uint8_t byte : bytes) mixed_ = (mixed_ ^ byte) * 0x100000001b3ULL;
  }
  void number(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      mixed_ = (mixed_ ^ (number >> shift & 0xff)) * 0x100000001b3ULL;
    }
  }
  void value(const records::Value& value) {
    number(value.index());
    if (const auto* integer = std::get_if<std::int64_t>(&value)) number(static_cast<std::uint64_t>(*integer));
    if (const auto* text = std::get_if<std::string>(&value)) bytes(as_bytes(*text));
    if (const auto* blob = std::get_if<Bytes>(&value)) bytes(*blob);
    if (const auto* id = std::get_if<Uuid>(&value)) bytes(id->view());
  }
  std::uint64_t mixed() const { return mixed_; }

 private:
  std::uint64_t mixed_ = 0xcbf29ce484222325ULL;
};

}  // namespace

Identity identity_of(const history::Operation& operation) {
  Mixer mixer;
  mixer.number(static_cast<std::uint64_t>(operation.time.wall_ms));
  mixer.number(operation.time.counter);
  mixer.bytes(operation.person.view());
  mixer.bytes(operation.record.view());
  mixer.number(operation.kind);
  mixer.number(operation.group);
  for (const records::FieldValue& value : operation.values) {
    mixer.number(value.field);
    mixer.value(value.value);
  }
  return mixer.mixed();
}

void Oracle::committed(const std::string& who, const history::Operation& operation) {
  committed_[identity_of(operation)] = {who, operation.id};
}

void Oracle::hardware_gone(const std::set<Identity>& still_held) {
  for (const auto& [identity, commit] : committed_) {
    if (!still_held.contains(identity)) gone_.insert(identity);
  }
}

Oracle::Log Oracle::read_log(ports::CountyStore& store) const {
  Log log;
  ports::FramePage page;
  do {
    auto next = store.page(log.frames.size(), {}, {std::size_t{1} << 30, 1000, 0});
    demand_ok(next, "reading the county's sequence");
    page = std::move(next).value();
    for (ports::StoredFrame& stored : page.frames) {
      const auto frame = frames::parse_frame(stored.bytes);
      demand_ok(frame, "a frame in the county's sequence");
      demand(frame->hash() == stored.hash, "a stored hash that is not its frame's");
      log.frontier.append(stored.hash);
      for (const tests::OperationPointer& operation : shelf_.read(*frame, stored.hash).operations) {
        log.operations.emplace(operation->id, operation);
      }
      log.frames.push_back(std::move(stored));
    }
  } while (page.has_more);
  const auto forks = store.forks(1'000'000);
  demand_ok(forks, "reading what is kept aside");
  for (const ports::Fork& fork : *forks) {
    const auto frame = frames::parse_frame(fork.bytes);
    demand_ok(frame, "a frame that is kept aside");
    for (const tests::OperationPointer& operation : shelf_.read(*frame, fork.hash).operations) {
      log.forked.insert(identity_of(*operation));
    }
  }
  return log;
}

void Oracle::check_chains(const Log& log, const frames::KnownCounty& county) const {
  struct End {
    std::uint64_t through = 0;
    Hash last;
  };
  std::map<history::WriterId, End> ends;
  std::uint64_t sequence = 0;
  for (const ports::StoredFrame& stored : log.frames) {
    const auto frame = frames::parse_frame(stored.bytes);
    const history::WriterId& writer = frame->header.writer;
    demand(stored.county_sequence == ++sequence, "a hole in the county's sequence");
    End& end = ends[writer];
    demand(frame->header.first_sequence == end.through + 1 && frame->header.previous == end.last,
           "the chain of " + writer.device.text() + " breaks at " + std::to_string(frame->header.first_sequence));
    end = {frame->header.last_sequence(), stored.hash};
    if (writer.device != county.county) continue;
    const auto key = county.key_of(writer.epoch);
    demand(key.has_value() && frames::verify_frame(*frame, *key).ok(), "a county's frame without its signature");
  }
}

void Oracle::check_nothing_lost(const Log& log) const {
  std::set<Identity> held;
  for (const auto& [id, operation] : log.operations) held.insert(identity_of(*operation));
  for (const auto& [identity, commit] : committed_) {
    demand(held.contains(identity) || log.forked.contains(identity) || gone_.contains(identity),
           "lost: " + commit.id.text() + ", committed on " + commit.who);
  }
}

void Oracle::check_hidden(const Log& log, const MergeModel& model) const {
  for (const history::OperationId& id : must_be_hidden_) {
    const auto found = log.operations.find(id);
    if (found != log.operations.end()) demand(model.is_hidden(*found->second), "shown, but must not be: " + id.text());
  }
  demand(model.parked().empty(), "an operation still waits for a base: " + model.first_waiting());
}

void Oracle::check_county(ports::CountyStore& store, const Log& log, const MergeModel& model) const {
  std::set<ports::RecordKey> records;
  for (const auto& [id, operation] : log.operations) records.insert({operation->record, operation->kind});
  const auto heads = store.heads_of(records);
  demand_ok(heads, "reading the county's heads");
  Projection shown;
  std::map<ports::RecordKey, tables::RecordHeads> by_record;
  for (const history::Operation& head : *heads) {
    shown[{head.kind, head.record, head.group}].heads.emplace(head.id, head.values);
    by_record[{head.record, head.kind}][head.group].push_back(head);
  }
  for (auto& [name, cell] : shown) {
    const auto model_cell = model.projection().find(name);
    // The county's tables say what is disputed; that they do is compared below, row by row.
    if (model_cell != model.projection().end()) cell.is_disputed = model_cell->second.is_disputed;
  }
  const std::string difference = first_difference(model.projection(), shown);
  demand(difference.empty(), "the county shows something else than the model: " + difference);
  const auto chains = store.all_chains();
  demand_ok(chains, "reading the county's chains");
  for (const ports::Chain& chain : *chains) {
    demand(chain.applied_through == chain.stored_through,
           "the county has not applied all of " + chain.writer.device.text());
  }
}

void Oracle::check_laptop(LaptopMachine& laptop, const Log& log, const MergeModel& model,
                          const ports::CountyState& county) const {
  frames::FrameStore& frames = laptop.program().frames();
  const std::string difference = first_difference(model.projection(), laptop.program().projection());
  demand(difference.empty(), laptop.name() + " shows something else than the model: " + difference);
  const auto mark = frames.county_mark();
  demand_ok(mark, "reading the mark");
  demand(mark->incarnation == county.incarnation && mark->frontier == log.frontier,
         laptop.name() + " does not stand at the end of the county's sequence");
  const auto known = frames.known_county();
  demand_ok(known, "reading the county");
  const auto sealed = frames.newest_checkpoint();
  demand_ok(sealed, "reading the checkpoint");
  const auto checkpoint = wire::open_checkpoint(*sealed, *known);
  demand_ok(checkpoint, laptop.name() + "'s checkpoint");
  demand(checkpoint->size == log.frontier.size() && checkpoint->root == log.frontier.root(),
         laptop.name() + "'s checkpoint is of another tree");

  const auto progress = frames.own_progress();
  demand_ok(progress, "reading the progress");
  std::uint64_t own_last = 0;
  for (const ports::StoredFrame& stored : log.frames) {
    if (stored.writer == frames.own_writer()) own_last = stored.last_sequence;
  }
  demand(progress->stored_through == own_last && progress->applied_through == own_last,
         laptop.name() + " believes something else of its chain than the county has: stored through " +
             std::to_string(progress->stored_through) + ", applied through " +
             std::to_string(progress->applied_through) + ", really " + std::to_string(own_last));
  if (own_last == 0) return;
  const auto receipt = wire::open_receipt(progress->receipt, *known);
  demand_ok(receipt, laptop.name() + "'s receipt");
  demand(receipt->writer == frames.own_writer() && receipt->stored_through == own_last,
         laptop.name() + "'s receipt does not cover its chain");
}

}  // namespace kuangxun::simulation
