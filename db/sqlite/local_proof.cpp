#include <algorithm>
#include <map>

#include "db/base/language.h"
#include "db/frames/payload.h"
#include "db/sqlite/local_store.h"
#include "db/sqlite/schema.h"

// The half of the laptop's store that proves itself: verify and dump.
namespace kuangxun::sqlite {

Status LocalStore::verify_frames(VerifyReport& report) {
  struct Chain {
    Hash newest;
    std::uint64_t through = 0;
  };
  std::map<history::WriterId, Chain> chains;
  return frames_->for_each(0, [&](const frames::Frame& frame) -> Status {
    ++report.frames;
    const std::string name = frame.header.writer.device.text() + " #" + std::to_string(frame.header.first_sequence);
    const auto complain = [&](const std::string& what) {
      report.problems.push_back(name + say_text("：", ": ") + what);
    };
    KX_TRY(keys, keys_of(frame.header.writer));
    Status proof = Error(ErrorCode::refused, say_text("没有该设备的公钥，签名无法核验",
                                                      "there is no public key of this device, the signature cannot be "
                                                      "checked"));
    for (const PublicKey& key : keys) {
      proof = frames::verify_frame(frame, key);
      if (proof.ok()) break;
    }
    if (!proof.ok()) complain(proof.error().message());
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
  KX_TRY(first, first_unsealed());
  report.unsealed_operations = next_sequence_ - std::min(first, next_sequence_);
  return report;
}

}  // namespace kuangxun::sqlite
