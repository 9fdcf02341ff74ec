#include "db/registers/register_file.h"

#include <algorithm>
#include <set>

#include "db/language/language.h"

namespace kuangxun::registers {
namespace {

constexpr std::string_view printed_suffix = "@printed";
constexpr std::string_view source_suffix = "@source";
constexpr std::size_t key_characters_max = 64;

bool is_key_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
}

// The record's id comes from its key, so a key that a spreadsheet made into a date must not pass.
bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= key_characters_max && std::all_of(key.begin(), key.end(), is_key_character);
}

Status check_keys(const RegisterFile& file) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t row = 0; row < file.table.row_count(); ++row) {
    const std::string_view key = file.key(row);
    if (!is_key(key)) {
      return file.table.error_at(row, file.key_column,
                                 phrase("\"{0}\" is no key: lower-case letters, digits and hyphens, such as 3-01 (a "
                                        "spreadsheet may have made it a date)",
                                        {key}));
    }
    const auto [first, is_new] = seen.emplace(key, row);
    if (!is_new) {
      return file.table.error_at(
          row, file.key_column,
          phrase("the key \"{0}\" already stands on line {1}", {key, std::to_string(file.table.line(first->second))}));
    }
  }
  return {};
}

// The part of the row or of a field that a column holds; nullptr when it is neither.
std::optional<std::size_t>* slot_of_column(RegisterFile& file, std::string_view header) {
  if (header == "@table") return &file.table_column;
  if (header == "@row") return &file.row_column;
  if (header == "@source") return &file.source_column;
  std::optional<std::size_t> FieldColumns::*part = &FieldColumns::value;
  if (header.ends_with(printed_suffix)) {
    part = &FieldColumns::printed;
    header.remove_suffix(printed_suffix.size());
  } else if (header.ends_with(source_suffix)) {
    part = &FieldColumns::source;
    header.remove_suffix(source_suffix.size());
  }
  const auto found = std::find_if(file.fields.begin(), file.fields.end(),
                                  [&](const FieldColumns& columns) { return columns.field->name == header; });
  return found == file.fields.end() ? nullptr : &((*found).*part);
}

Error no_such_field(const CsvTable& table, std::size_t row, std::size_t column, const records::KindDescription& kind) {
  return table.error_at(row, column, phrase("{0} has no field \"{1}\"", {kind.name, table.cell(row, column)}));
}

}  // namespace

Result<RegisterFile> read_register_file(const std::filesystem::path& folder, const records::KindDescription& kind) {
  RegisterFile file;
  file.kind = &kind;
  KX_TRY(table, CsvTable::read(folder / (std::string(kind.name) + ".csv")));
  file.table = std::move(table);
  KX_TRY(key_column, file.table.require_column("key"));
  file.key_column = key_column;
  for (const records::FieldDescription& field : kind.fields) file.fields.push_back({&field, {}, {}, {}});
  for (std::size_t column = 0; column < file.table.header().size(); ++column) {
    if (column == file.key_column) continue;
    const std::string& header = file.table.header()[column];
    std::optional<std::size_t>* slot = slot_of_column(file, header);
    if (slot == nullptr) {
      return file.table.error_in_header(column, phrase("{0} has no column \"{1}\"", {kind.name, header}));
    }
    *slot = column;
  }
  std::erase_if(file.fields,
                [](const FieldColumns& columns) { return !columns.value && !columns.printed && !columns.source; });
  KX_CHECK(check_keys(file));
  return file;
}

Result<PrintedColumns> read_printed_columns(const std::filesystem::path& folder) {
  KX_TRY(table, CsvTable::read(folder / "columns.csv"));
  KX_TRY(kind_column, table.require_column("kind"));
  KX_TRY(table_column, table.require_column("table"));
  KX_TRY(field_column, table.require_column("field"));
  KX_TRY(name_column, table.require_column("column"));
  PrintedColumns names;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const records::KindDescription* kind = records::find_kind(table.cell(row, kind_column));
    if (kind == nullptr) {
      return table.error_at(row, kind_column,
                            phrase("there is no kind of record \"{0}\"", {table.cell(row, kind_column)}));
    }
    if (kind->find_field(table.cell(row, field_column)) == nullptr)
      return no_such_field(table, row, field_column, *kind);
    const auto [entry, is_new] =
        names.emplace(std::tuple{std::string(kind->name), std::string(table.cell(row, table_column)),
                                 std::string(table.cell(row, field_column))},
                      table.cell(row, name_column));
    if (!is_new) return table.error_at(row, field_column, phrase("stands twice"));
  }
  return names;
}

}  // namespace kuangxun::registers
