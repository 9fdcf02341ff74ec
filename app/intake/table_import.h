#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/inspect/edit/desk.h"
#include "app/intake/import_options.h"
#include "app/sheets/sheet.h"

// Tables of offices and mines become records: annual returns, fund entries, plans, contracts, listings, stages, figures
// of the county. A table is taken whole or not at all.
namespace kuangxun::intake {

// What the command line calls a table.
struct TableKind {
  std::string_view word;  // "returns"
  records::KindNumber kind = 0;
};
const std::vector<TableKind>& table_kinds();
const TableKind* find_table_kind(std::string_view word);
// Whether each of its rows is about a year, which may be given beside the file.
bool has_year_beside(const TableKind& table);

struct Difference {
  std::size_t row = 0;  // of the table
  Uuid record;
  std::string subject;  // "特克斯县先进砖厂 2024"
  std::string field;
  std::string here;
  std::string given;
};

struct Imported {
  std::size_t rows = 0;      // of data, read
  std::size_t added = 0;     // records made
  std::size_t known = 0;     // rows that say what stands here already
  std::size_t replaced = 0;  // records edited
  std::vector<Difference> differences;
  // What people should look at, each with its row: an output over the licensed capacity, a column nobody knows.
  std::vector<std::string> notes;
  std::vector<Uuid> made;
  bool is_written = false;
  // Nothing was entered because the table and the store contradict each other.
  bool is_stopped = false;
};

// bad_input names file, row and column, and nothing was changed: an unknown or ambiguous mine, a value that is none, a
// unit that does not fit the mine's licence, two rows about the same thing, a total that the rows do not add up to.
Result<Imported> import_table(inspect::Desk& desk, const TableKind& kind, const sheets::Sheet& sheet,
                              const ImportOptions& options);

// A CSV with the headings in the language of the day and, where the table is about mines, one row for each that stands.
Result<std::string> make_template(history::RecordReader& store, const TableKind& kind, const std::optional<int>& year);

}  // namespace kuangxun::intake
