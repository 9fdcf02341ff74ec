#include <algorithm>

#include "db/sqlite/store_prover.h"

// The logical content of the laptop's store as text, for comparing.

namespace kuangxun::sqlite {

Status StoreProver::dump(const std::function<void(std::string_view)>& line) {
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_TRY(all, reader_.list(kind.number));
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
  KX_CHECK(dump_heads(line));
  std::vector<std::string> rest;
  {
    KX_TRY(parked, parts_.database.connection().prepare("SELECT operation_key, missing_key FROM parked"));
    for (;;) {
      KX_TRY(row, parked.step());
      if (!row) break;
      rest.push_back("parked " + parts_.dictionary.id_of(parked.integer(0)).text());
    }
    KX_TRY(frames, parts_.database.connection().prepare("SELECT hash FROM frame"));
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

Status StoreProver::dump_heads(const std::function<void(std::string_view)>& line) {
  KX_TRY(select,
         parts_.database.connection().prepare("SELECT record.id, record.kind, head.cell FROM head JOIN record ON "
                                              "record_index = cell >> 10 ORDER BY record.id, record.kind, cell"));
  for (;;) {
    KX_TRY(row, select.step());
    if (!row) break;
    const CellKey cell = select.integer(2);
    std::string text = "head " + uuid_from_bytes(select.bytes(0)).text() + "/" + std::string(select.text(1)) + "/" +
                       std::to_string(group_of(cell));
    KX_TRY(keys, parts_.heads.of(cell));
    std::vector<std::string> ids;
    for (const OperationKey key : keys) ids.push_back(parts_.dictionary.id_of(key).text());
    std::ranges::sort(ids);
    for (const std::string& id : ids) text += " " + id;
    KX_TRY(disputed, parts_.database.statement("SELECT 1 FROM dispute WHERE cell = ?"));
    disputed->bind(0, cell);
    KX_TRY(is_disputed, disputed->step());
    disputed->reset();
    if (is_disputed) text += " disputed";
    line(text);
  }
  return {};
}

}  // namespace kuangxun::sqlite
