#pragma once

#include <doctest/doctest.h>

#include "app/inspect/edit/record_document.h"
#include "app/inspect/visit/actions.h"
#include "app/intake/table_import.h"
#include "app/sheets/read_sheet.h"
#include "db/base/text.h"
#include "db/records/kinds.h"
#include "db/registers/registers.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_record_store.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

namespace kinds = records::kinds;

inline bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// The county's real registers on a laptop at headquarters, on the first of May 2026.
class Office {
 public:
  Office() {
    auto records = registers::load_registers(source_folder() + "/assets/registers");
    REQUIRE_MESSAGE(records.ok(), records.error().message());
    for (const auto& record : *records) {
      if (record.kind().name == "citation") continue;
      REQUIRE(store.commit(history::edits_for_new(record), Uuid{}).ok());
    }
  }
  // One record as a form or a document enters it; an empty string on success, else the message.
  std::string enter(records::KindNumber kind, const std::vector<inspect::FieldText>& fields) {
    const inspect::Document document{{{kind, {}, fields, {}, {}, {}}}, folder.path()};
    const auto recorded = inspect::record_document(desk, document);
    return recorded.ok() ? std::string() : recorded.error().message();
  }
  std::string act(std::string_view action, const Uuid& subject, const std::vector<inspect::FieldText>& fields,
                  const std::string& reason = {}) {
    const auto done = inspect::run_action(desk, action, {subject, fields, {}, {}, reason});
    return done.ok() ? std::string() : done.error().message();
  }
  Uuid mine(std::string_view key) const { return registers::register_id("mining-right", key); }

  Result<intake::Imported> import_sheet(const char* table, const Result<sheets::Sheet>& sheet,
                                        const intake::ImportOptions& options = {}) {
    if (!sheet.ok()) return sheet.error();
    return intake::import_table(desk, *intake::find_table_kind(table), *sheet, options);
  }
  Result<intake::Imported> import_csv(const char* table, const std::string& text,
                                      const intake::ImportOptions& options = {}) {
    return import_sheet(table, sheets::parse_sheet(text, "表.csv"), options);
  }
  // The message of a refusal; that nothing was changed is checked.
  std::string refusal(const char* table, const std::string& text, const intake::ImportOptions& options = {}) {
    const std::size_t operations = store.operations().size();
    const auto imported = import_csv(table, text, options);
    CHECK(store.operations().size() == operations);
    return imported.ok() ? "(imported)" : imported.error().message();
  }
  std::vector<records::Record> all(records::KindNumber kind) { return *store.list(kind); }

  ManualClock clock;
  SeededRandom random{7};
  TemporaryFolder folder;
  AttachmentFolder attachments{folder / "attachments"};
  MemoryRecordStore store{clock, fixed_uuid("this laptop")};
  inspect::Desk desk{store, attachments, clock, random, fixed_uuid("示例检查员甲")};
};

inline bool any_note(const intake::Imported& imported, std::string_view part) {
  for (const std::string& note : imported.notes) {
    if (contains(note, part)) return true;
  }
  return false;
}

}  // namespace kuangxun::tests
