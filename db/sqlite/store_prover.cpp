#include "db/sqlite/store_prover.h"

#include <algorithm>
#include <map>

#include "db/base/limits.h"
#include "db/frames/payload.h"
#include "db/language/language.h"
#include "db/sqlite/tables/head_finder.h"

// What can be checked twice is checked by another way than it was made: heads are found anew from all operations, and
// the tables are compared with the heads. What cannot even be read is a finding like any other.

namespace kuangxun::sqlite {
namespace {

// Some ten milliseconds.
constexpr std::size_t rows_a_look = 50'000;

std::string name_of(const frames::FrameHeader& header) {
  return header.writer.device.text() + ":" + std::to_string(header.writer.epoch) + " #" +
         std::to_string(header.first_sequence);
}

// How much of what is signed was met, writer by writer.
struct Chain {
  Hash newest;
  std::uint64_t through = 0;
  std::uint64_t readable_operations = 0;
};

}  // namespace

struct StoreProver::Proof {
  VerifyReport report;
  std::map<history::WriterId, Chain> chains;

  void complain(std::string what) { report.problems.push_back(std::move(what)); }
  void complain(const std::string& where, const std::string& what) { complain(where + say_text(": ") + what); }
  void note(std::string what) { report.notes.push_back(std::move(what)); }
};

// What SQLite itself says of the file, table by table: each is a look of its own.
Status StoreProver::verify_file(Proof& proof) {
  std::vector<std::string> tables;
  KX_TRY(names, parts_.database.connection().prepare("SELECT name FROM sqlite_master WHERE type = 'table'"));
  for (;;) {
    KX_TRY(row, names.step());
    if (!row) break;
    tables.emplace_back(names.text(0));
  }
  names.reset();
  for (const std::string& table : tables) {
    KX_TRY(check, parts_.database.connection().prepare("PRAGMA quick_check(\"" + table + "\")"));
    KX_TRY(row, check.step());
    if (row && check.text(0) != "ok") proof.complain(say_with("database file: {0}", {check.text(0)}));
  }
  return {};
}

Status StoreProver::verify_frames(Proof& proof) {
  return parts_.frames.for_each([&](const frames::Frame& frame) -> Status {
    ++proof.report.frames;
    const std::string name = name_of(frame.header);
    if (const Status signature = keys_.prove(frame); !signature.ok()) {
      proof.complain(name, signature.error().message());
    }
    Chain& chain = proof.chains[frame.header.writer];
    if (frame.header.previous != chain.newest || frame.header.first_sequence != chain.through + 1) {
      proof.complain(name, say_text("it does not continue the frame before it"));
    }
    chain.newest = frame.hash();
    chain.through = frame.header.last_sequence();
    const auto operations = frames::decode_operations(frame);
    if (!operations.ok()) {
      ++proof.report.unreadable_frames;
      proof.note(name + say_text(": kept, but this version cannot read it: ") + operations.error().message());
      return {};
    }
    chain.readable_operations += operations->size();
    for (const history::Operation& operation : *operations) KX_CHECK(verify_operation(operation, proof));
    return {};
  });
}

Status StoreProver::verify_operation(const history::Operation& operation, Proof& proof) {
  ++proof.report.operations;
  KX_TRY(key, parts_.dictionary.key_of(operation.id));
  const auto shown = parts_.rows.read(key);
  if (!shown.ok() || *shown != operation) {
    proof.complain(say_with("operation {0} differs from what was signed; run kuangxun rebuild", {operation.id.text()}));
  }
  if (!operation.person_signature.has_value()) return {};
  KX_TRY(keys, parts_.heads.person_keys(operation.person));
  const Bytes signed_bytes = frames::person_signed_bytes(operation);
  const bool is_proved = std::ranges::any_of(
      keys, [&](const PublicKey& one) { return verify_signature(one, signed_bytes, *operation.person_signature); });
  if (is_proved) ++proof.report.person_signatures;
  if (keys.empty()) ++proof.report.unproved_signatures;
  const bool is_hidden = parts_.log.visibility().is_hidden(operation.id, operation.kind);
  if (!is_proved && !keys.empty() && !is_hidden) {
    proof.complain(say_with("the person's signature of operation {0} is not valid", {operation.id.text()}));
  }
  return {};
}

// Rows that no signed frame covers, other than our own that wait to be sealed.
Status StoreProver::verify_rows(Proof& proof) {
  for (std::size_t index = 1; index <= parts_.dictionary.writers(); ++index) {
    const auto writer_index = static_cast<std::int64_t>(index);
    const history::WriterId& writer = parts_.dictionary.writer(writer_index);
    const Chain& chain = proof.chains[writer];
    std::uint64_t last = limits::sequence_max;
    if (writer == parts_.own_writer) last = std::max<std::uint64_t>(chain.through, 1);
    KX_TRY(rows, parts_.rows.count_between(operation_key(writer_index, 1), operation_key(writer_index, last)));
    const bool is_unsealed_only = writer == parts_.own_writer && chain.through == 0;
    if (rows <= chain.readable_operations || is_unsealed_only) continue;
    proof.complain(say_with("{1} operations of device {0} are in no signed frame; run kuangxun rebuild",
                            {writer.device.text(), std::to_string(rows - chain.readable_operations)}));
  }
  return {};
}

// Heads and waiting operations, computed anew from all operations.
Status StoreProver::verify_heads(Proof& proof) {
  HeadFinder finder;
  const auto add = [&](OperationKey key, CellKey cell, const std::vector<OperationKey>& bases) {
    finder.add(key, cell, bases);
  };
  for (OperationKey after = 0;;) {
    KX_TRY(last, parts_.rows.for_each_after(after, rows_a_look, add));
    if (last == after) break;
    after = last;
  }
  KX_TRY(county_records, parts_.dictionary.county_records());
  HeadFinder::Part all =
      finder.find_county(parts_.dictionary.all_writers(), parts_.county.known().county, county_records);
  const HeadFinder::Part rest = finder.find_rest(parts_.log.visibility());
  all.heads.insert(all.heads.end(), rest.heads.begin(), rest.heads.end());
  std::ranges::sort(all.heads);
  std::vector<CellEntry> shown;
  KX_CHECK(parts_.heads.for_each([&](CellKey cell, const std::vector<OperationKey>& heads) {
    for (const OperationKey head : heads) shown.push_back({cell, head});
  }));
  std::ranges::sort(shown);
  KX_TRY(parked, parts_.database.connection().query_integer("SELECT count(*) FROM parked"));
  if (shown == all.heads && static_cast<std::size_t>(parked) == all.parked.size() + rest.parked.size()) return {};
  proof.complain(
      say_text("what is shown does not follow from the signed operations (the index of newest values is "
               "wrong); run kuangxun rebuild"));
  return {};
}

// The tables that people see must say what the heads say.
Status StoreProver::verify_tables(Proof& proof) {
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_TRY(all, reader_.list(kind.number));
    for (const records::Record& record : all) {
      KX_TRY(entry, parts_.dictionary.record_entry(record.id(), kind.number));
      KX_TRY(heads, parts_.heads.of_record(entry.index));
      records::Record expected(record.id(), kind);
      for (const auto& [group, group_heads] : heads) {
        if (group == records::existence_group) {
          const auto [voided, reason] = shown_existence(group_heads);
          expected.set_voided(voided, voided ? reason : std::string());
        } else {
          Projection::put_values(expected, group, history::shown_head(group_heads).values);
        }
      }
      if (record == expected) continue;
      proof.complain(say_with("{0} {1} ({2}) shows something else than its signed operations; run kuangxun rebuild",
                              {kind.label(), record.id().text(), record.name()}));
    }
  }
  return {};
}

Status StoreProver::verify_receipts(SealReader& seals, Proof& proof) {
  KX_TRY(receipts, parts_.county.receipts());
  for (const CountyFacts::KeptReceipt& kept : receipts) {
    const auto receipt = seals.read_receipt(kept.sealed, parts_.county.known());
    if (!receipt.ok()) {
      proof.complain(say_text("county receipt"), receipt.error().message());
      continue;
    }
    KX_TRY(has_frame, parts_.frames.has_frame(receipt->writer, receipt->stored_through, receipt->frame));
    if (!has_frame && receipt->stored_through > proof.chains[receipt->writer].through) {
      proof.note(
          say_with("the county's receipt goes to operation {0}, the data here to {1}: they were restored from "
                   "an older backup; a sync brings the rest",
                   {std::to_string(receipt->stored_through), std::to_string(proof.chains[receipt->writer].through)}));
    } else if (!has_frame) {
      proof.complain(say_with("the county's receipt through operation {0} does not fit the chain here",
                              {std::to_string(receipt->stored_through)}));
    } else {
      ++proof.report.receipts;
    }
  }
  return {};
}

Status StoreProver::verify_checkpoints(SealReader& seals, Proof& proof) {
  KX_TRY(mark, parts_.county.mark());
  KX_TRY(checkpoints, parts_.county.checkpoints());
  for (const CountyFacts::KeptCheckpoint& kept : checkpoints) {
    if (kept.state == CheckpointState::contradiction) continue;
    const auto checkpoint = seals.read_checkpoint(kept.sealed, parts_.county.known());
    if (!checkpoint.ok()) {
      proof.complain(say_text("county checkpoint"), checkpoint.error().message());
      continue;
    }
    ++proof.report.checkpoints;
    if (kept.state != CheckpointState::newest) continue;
    // One for more than was pulled waits to be compared: the county signed it before the pull was cut.
    const bool fits = checkpoint->incarnation == mark.incarnation &&
                      (checkpoint->size != mark.sequence() || checkpoint->root == mark.frontier.root());
    if (fits) continue;
    proof.complain(say_with("the county's newest checkpoint ({0} frames) does not fit what was seen here",
                            {std::to_string(checkpoint->size)}));
  }
  return {};
}

Status StoreProver::verify_world(Proof& proof) {
  KX_TRY(found, reader_.counts());
  const auto told = [](std::uint64_t number) { return std::to_string(number); };
  if (found.contradictions > 0) {
    proof.complain(
        say_with("{0} times the county showed another history than it had signed; the evidence is kept, "
                 "tell the administrator and the authority above",
                 {told(found.contradictions)}));
  }
  if (found.waiting > 0) {
    proof.note(say_with("{0} frames wait for the frame they continue or for a device's key; a sync brings them",
                        {told(found.waiting)}));
  }
  if (found.quarantined > found.waiting) {
    proof.note(say_with("{0} pieces of data could not be trusted and are kept aside",
                        {told(found.quarantined - found.waiting)}));
  }
  if (found.forks > 0) {
    proof.note(say_with("{0} frames are kept as evidence of a fork: the county has others in their place",
                        {told(found.forks)}));
  }
  if (found.hidden_own > 0) {
    proof.note(say_with("the county hides {0} operations of this laptop", {told(found.hidden_own)}));
  }
  if (!parts_.key_problem.empty()) proof.note(parts_.key_problem);
  return {};
}

Result<VerifyReport> StoreProver::verify(SealReader* seals) {
  Proof proof;
  // What cannot even be read is a finding like any other.
  const auto run = [&](const Status& done) {
    if (!done.ok()) proof.complain(done.error().message());
  };
  run(verify_file(proof));
  run(verify_frames(proof));
  run(verify_rows(proof));
  if (parts_.is_behind) {
    proof.note(say_text("the first sync is still under way; what it brought is shown when it ends"));
  } else {
    run(verify_heads(proof));
    run(verify_tables(proof));
  }
  run(verify_world(proof));
  if (seals != nullptr) run(verify_receipts(*seals, proof));
  if (seals != nullptr) run(verify_checkpoints(*seals, proof));
  KX_TRY(first, reader_.first_unsealed());
  proof.report.unsealed_operations = parts_.next_sequence - std::min(first, parts_.next_sequence);
  return std::move(proof.report);
}

}  // namespace kuangxun::sqlite
