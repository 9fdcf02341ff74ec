#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "db/base/csv.h"
#include "db/records/describe.h"

namespace kuangxun::registers {

// One field of a kind and the columns that tell of it: FIELD, FIELD@printed, FIELD@source.
struct FieldColumns {
  const records::FieldDescription* field = nullptr;
  std::optional<std::size_t> value;
  std::optional<std::size_t> printed;
  std::optional<std::size_t> source;
};

// One file of the registers, its header understood.
struct RegisterFile {
  const records::KindDescription* kind = nullptr;
  CsvTable table;
  std::size_t key_column = 0;
  std::vector<FieldColumns> fields;  // those with any column, in the kind's order
  // @table, @row and @source: where the whole row stands in the plan.
  std::optional<std::size_t> table_column;
  std::optional<std::size_t> row_column;
  std::optional<std::size_t> source_column;

  std::string_view key(std::size_t row) const { return table.cell(row, key_column); }
  std::string_view cell(std::size_t row, std::optional<std::size_t> column) const {
    return column ? table.cell(row, *column) : std::string_view();
  }
};

// KIND.csv of the folder; bad_input when a column is not known or a key is malformed or stands
// twice.
Result<RegisterFile> read_register_file(const std::filesystem::path& folder, const records::KindDescription& kind);

// What the plan prints above a column, by kind, number of the table and field.
using PrintedColumns = std::map<std::tuple<std::string, std::string, std::string>, std::string>;

// columns.csv of the folder.
Result<PrintedColumns> read_printed_columns(const std::filesystem::path& folder);

}  // namespace kuangxun::registers
