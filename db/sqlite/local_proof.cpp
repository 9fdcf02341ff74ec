#include <algorithm>
#include <map>

#include "db/base/language.h"
#include "db/frames/payload.h"
#include "db/sqlite/local_store.h"
#include "db/sqlite/schema.h"

// The half of the laptop's store that proves itself: verify and dump.
namespace kuangxun::sqlite {

Status LocalStore::for_each_frame(const std::function<Status(frames::Frame)>& visit) {
  // Each frame is read by its own query: `visit` may use any statement, and one frame at a time is in memory.
  std::int64_t after = 0;
  for (;;) {
    KX_TRY(select, database_->statement(
                       "SELECT frame_index, bytes FROM frame WHERE frame_index > ? ORDER BY frame_index LIMIT 1"));
    select->bind(0, after);
    KX_TRY(row, select->step());
    if (!row) return {};
    after = select->integer(0);
    const ByteView bytes = select->bytes(1);
    Bytes copy(bytes.begin(), bytes.end());
    select->reset();
    KX_TRY(frame, frames::parse_frame(std::move(copy)));
    KX_CHECK(visit(std::move(frame)));
  }
}

Status LocalStore::verify_frames(VerifyReport& report) {
  struct Chain {
    Hash newest;
    std::uint64_t through = 0;
  };
  std::map<history::WriterId, Chain> chains;
  return for_each_frame([&](const frames::Frame& frame) -> Status {
    ++report.frames;
    const std::string name = frame.header.writer.device.text() + " #" + std::to_string(frame.header.first_sequence);
    const auto complain = [&](const std::string& what) {
      report.problems.push_back(name + say_text("：", ": ") + what);
    };
    KX_TRY(key, device_key(frame.header.writer.device));
    if (!key.has_value() && frame.header.suite != frames::Suite::pinned) {
      complain(say_text("没有该设备的公钥，签名无法核验",
                        "there is no public key of this device, the signature cannot be checked"));
    } else if (const Status proof = frames::verify_frame(frame, key.value_or(PublicKey{})); !proof.ok()) {
      complain(proof.error().message());
    }
    Chain& chain = chains[frame.header.writer];
    if (frame.header.previous != chain.newest || frame.header.first_sequence != chain.through + 1) {
      complain(say_text("与前一数据帧不相连", "it does not continue the frame before it"));
    }
    chain = {frame.hash(), frame.header.last_sequence()};
    const auto operations = frames::decode_operations(frame);
    if (!operations.ok()) {
      complain(operations.error().message());
      return {};
    }
    for (const history::Operation& operation : *operations) {
      ++report.operations;
      KX_TRY(operation_number, dictionary_->key_of(operation.id));
      const auto shown = log_->read(operation_number);
      if (!shown.ok() || *shown != operation) {
        complain(say_with("操作 {0} 与已签名的内容不同", "operation {0} differs from what was signed",
                          {operation.id.text()}));
      }
    }
    return {};
  });
}

// The tables that people see must say what the heads say.
Status LocalStore::verify_tables(VerifyReport& report) {
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_TRY(all, list(kind.number));
    for (const records::Record& record : all) {
      KX_TRY(entry, dictionary_->record_entry(record.id(), kind.number));
      KX_TRY(heads, log_->heads_of_record(entry.index));
      records::Record expected(record.id(), kind);
      for (const auto& [group, group_heads] : heads) {
        if (group == records::existence_group) {
          expected.set_voided(record.is_voided(), record.void_reason());  // checked through its operations
        } else {
          Projection::put_values(expected, group, history::shown_head(group_heads).values);
        }
      }
      if (record != expected) {
        report.problems.push_back(
            say_with("{0} {1}（{2}）显示的内容与已签名的操作不同；运行 kuangxun rebuild 恢复",
                     "{0} {1} ({2}) shows something else than its signed operations; run kuangxun rebuild",
                     {kind.label(), record.id().text(), record.name()}));
      }
    }
  }
  return {};
}

Result<VerifyReport> LocalStore::verify() {
  VerifyReport report;
  KX_TRY(check, database_->connection().prepare("PRAGMA quick_check"));
  KX_TRY(row, check.step());
  if (row && check.text(0) != "ok") {
    report.problems.push_back(say_with("数据库文件：{0}", "database file: {0}", {check.text(0)}));
  }
  if (const Status frames = verify_frames(report); !frames.ok()) report.problems.push_back(frames.error().message());
  if (const Status tables = verify_tables(report); !tables.ok()) report.problems.push_back(tables.error().message());
  if (const auto own = dictionary_->find_writer(own_writer_)) {
    KX_TRY(sealed, sealed_through(*own));
    KX_TRY(last, last_sequence(*own));
    report.unsealed_operations = last - sealed;
  }
  return report;
}

Status LocalStore::dump(const std::function<void(std::string_view)>& line) {
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_TRY(all, list(kind.number));
    std::ranges::sort(all, {}, &records::Record::id);
    for (const records::Record& record : all) {
      std::string text = std::string(kind.name) + " " + record.id().text() +
                         (record.is_voided() ? " voided " : " stands ") + record.void_reason();
      for (const records::FieldDescription& field : kind.fields) {
        if (records::has_value(record.value(field))) {
          text += "\n  " + std::string(field.name) + "=" + records::format_value(field, record.value(field));
        }
      }
      line(text);
    }
  }
  std::vector<std::string> heads;
  {
    KX_TRY(select, database_->connection().prepare("SELECT record.id, record.kind, head.cell FROM head JOIN record ON "
                                                   "record_index = cell >> 10 ORDER BY record.id, record.kind, cell"));
    for (;;) {
      KX_TRY(row, select.step());
      if (!row) break;
      const CellKey cell = select.integer(2);
      std::string text = "head " + uuid_from_bytes(select.bytes(0)).text() + "/" + std::string(select.text(1)) + "/" +
                         std::to_string(group_of(cell));
      KX_TRY(keys, log_->heads_of(cell));
      std::vector<std::string> ids;
      for (const OperationKey key : keys) ids.push_back(dictionary_->id_of(key).text());
      std::ranges::sort(ids);
      for (const std::string& id : ids) text += " " + id;
      KX_TRY(disputed, database_->statement("SELECT 1 FROM dispute WHERE cell = ?"));
      disputed->bind(0, cell);
      KX_TRY(is_disputed, disputed->step());
      disputed->reset();
      if (is_disputed) text += " disputed";
      line(text);
    }
  }
  std::vector<std::string> rest;
  {
    KX_TRY(parked, database_->connection().prepare("SELECT operation_key, missing_key FROM parked"));
    for (;;) {
      KX_TRY(row, parked.step());
      if (!row) break;
      rest.push_back("parked " + dictionary_->id_of(parked.integer(0)).text());
    }
    KX_TRY(frames, database_->connection().prepare("SELECT hash FROM frame"));
    for (;;) {
      KX_TRY(row, frames.step());
      if (!row) break;
      rest.push_back("frame " + to_hex(frames.bytes(0)));
    }
  }
  std::ranges::sort(rest);
  for (const std::string& text : rest) line(text);
  return {};
}

Result<Hash> LocalStore::dump_hash() {
  // A chain of hashes, so that a large dump needs no memory.
  Hash hash;
  KX_CHECK(dump([&](std::string_view line) {
    Bytes block(hash.bytes.begin(), hash.bytes.end());
    block.insert(block.end(), line.begin(), line.end());
    hash = sha256(block);
  }));
  return hash;
}

}  // namespace kuangxun::sqlite
