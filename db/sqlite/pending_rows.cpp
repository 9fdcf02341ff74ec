#include "db/sqlite/pending_rows.h"

#include "db/base/text.h"
#include "db/frames/payload.h"

namespace kuangxun::sqlite {
namespace {

using history::PendingEdit;

std::string ids_text(const std::vector<history::OperationId>& ids) {
  std::vector<std::string> parts;
  for (const history::OperationId& id : ids) parts.push_back(id.text());
  return join(parts, " ");
}

Result<std::vector<history::OperationId>> parse_ids(std::string_view text) {
  std::vector<history::OperationId> ids;
  if (text.empty()) return ids;
  for (const std::string_view part : split(text, ' ')) {
    KX_TRY(id, history::parse_operation_id(part));
    ids.push_back(id);
  }
  return ids;
}

}  // namespace

Status PendingRows::keep(const PendingEdit& pending) {
  KX_TRY(upsert,
         database_.statement("INSERT OR REPLACE INTO pending (record, group_number, kind, person, since_ms, seen, "
                             "content) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  const std::string seen = ids_text(pending.edit.seen);
  history::Operation bare;
  bare.values = pending.edit.values;
  const Bytes content = frames::encode_content(bare);
  upsert->bind(0, pending.edit.record.view());
  upsert->bind(1, std::int64_t{pending.edit.group});
  upsert->bind(2, std::int64_t{pending.edit.kind});
  upsert->bind(3, pending.person.view());
  upsert->bind(4, pending.since_ms);
  upsert->bind(5, std::string_view(seen));
  upsert->bind(6, ByteView(content));
  return upsert->run();
}

Result<std::vector<PendingEdit>> PendingRows::all() {
  KX_TRY(select, database_.statement("SELECT record, group_number, kind, person, since_ms, seen, content FROM pending "
                                     "ORDER BY since_ms, record, group_number"));
  std::vector<PendingEdit> rows;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    PendingEdit pending;
    pending.edit.record = uuid_from_bytes(select->bytes(0));
    pending.edit.group = static_cast<records::GroupNumber>(select->integer(1));
    pending.edit.kind = static_cast<records::KindNumber>(select->integer(2));
    pending.person = uuid_from_bytes(select->bytes(3));
    pending.since_ms = select->integer(4);
    KX_TRY(seen, parse_ids(select->text(5)));
    pending.edit.seen = std::move(seen);
    history::Operation bare;
    KX_CHECK(frames::decode_content(select->bytes(6), bare));
    pending.edit.values = std::move(bare.values);
    rows.push_back(std::move(pending));
  }
  select->reset();
  return rows;
}

Result<std::uint64_t> PendingRows::count() {
  KX_TRY(rows, database_.connection().query_integer("SELECT count(*) FROM pending"));
  return static_cast<std::uint64_t>(rows);
}

Status PendingRows::remove(const Uuid& record, records::GroupNumber group) {
  KX_TRY(remove, database_.statement("DELETE FROM pending WHERE record = ? AND group_number = ?"));
  remove->bind(0, record.view());
  remove->bind(1, std::int64_t{group});
  return remove->run();
}

}  // namespace kuangxun::sqlite
