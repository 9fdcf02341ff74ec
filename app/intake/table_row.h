#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/inspect/document.h"
#include "app/intake/heading.h"
#include "app/intake/mine_names.h"
#include "app/intake/restoration_names.h"
#include "app/intake/table_import.h"
#include "db/records/record.h"

// For this folder only: the rows of a table as records, before anybody compares them with the store.
namespace kuangxun::intake {

// Those that rows may name.
struct Names {
  const MineNames& mines;
  const RestorationNames& restoration;
};

struct TableRow {
  std::size_t number = 0;
  std::size_t key_column = 0;  // where messages about the whole row point
  const records::Record* mine = nullptr;
  std::vector<inspect::FieldText> fields;
  // The values that tell which thing the row is about: the mine and the year, …
  std::string key;
  std::string subject;
};

struct ReadTable {
  std::vector<TableRow> rows;
  std::vector<std::string> notes;
};

// The mine, the plan and the keys of its kind: what a record says something about. As TableRow::key.
std::string key_of(const records::Record& record);

Result<ReadTable> read_rows(const sheets::Sheet& sheet, const records::KindDescription& kind, const Names& names,
                            const ImportOptions& options, int this_year);

}  // namespace kuangxun::intake
