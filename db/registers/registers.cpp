#include "db/registers/registers.h"

#include <algorithm>
#include <set>

#include "db/language/language.h"
#include "db/records/handles/citation.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"
#include "db/registers/register_file.h"

namespace kuangxun::registers {
namespace {

using records::FieldDescription;
using records::KindDescription;
using records::Record;
using records::Value;

// Changing it would make every record of the registers another record.
constexpr std::string_view id_prefix = "tekes-plan-2021-2025/";

// The kinds that have a file, by number. Restoration units are entered by officers; citations come
// from the columns FIELD@printed.
std::vector<const KindDescription*> kinds_with_file() {
  std::vector<const KindDescription*> kinds;
  for (const KindDescription& kind : records::all_kinds()) {
    const bool is_register = kind.number <= records::kinds::place_alias;
    const bool has_no_file = kind.number == records::kinds::restoration_unit || kind.number == records::kinds::citation;
    if (is_register && !has_no_file) kinds.push_back(&kind);
  }
  return kinds;
}

// Makes records of the files of one folder; references are looked up in all of them.
class RegisterReader {
 public:
  Status read_files(const std::filesystem::path& folder) {
    KX_TRY(printed_columns, read_printed_columns(folder));
    printed_columns_ = std::move(printed_columns);
    for (const KindDescription* kind : kinds_with_file()) {
      KX_TRY(file, read_register_file(folder, *kind));
      for (std::size_t row = 0; row < file.table.row_count(); ++row)
        references_.insert(std::string(kind->name) + ":" + std::string(file.key(row)));
      files_.push_back(std::move(file));
    }
    return {};
  }

  Result<std::vector<Record>> make_records() const {
    std::vector<Record> all;
    std::vector<Record> citations;
    for (const RegisterFile& file : files_) {
      for (std::size_t row = 0; row < file.table.row_count(); ++row) {
        KX_TRY(record, make_record(file, row));
        KX_CHECK(cite(file, row, citations));
        all.push_back(std::move(record));
      }
    }
    all.insert(all.end(), citations.begin(), citations.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const Record& one, const Record& other) { return one.kind().number < other.kind().number; });
    return all;
  }

 private:
  Result<Record> make_record(const RegisterFile& file, std::size_t row) const {
    Record record(register_id(file.kind->name, file.key(row)), *file.kind);
    for (const FieldColumns& columns : file.fields) {
      if (!columns.value) continue;
      const std::string_view text = file.table.cell(row, *columns.value);
      auto value = columns.field->type == records::FieldType::reference ? parse_reference(*columns.field, text)
                                                                        : records::parse_value(*columns.field, text);
      if (!value.ok()) return file.table.error_at(row, *columns.value, value.error().words());
      record.set_value(*columns.field, std::move(value).value());
    }
    const auto findings = records::validate_record(record);
    if (findings.empty()) return record;
    std::size_t column = file.key_column;
    for (const FieldColumns& columns : file.fields)
      if (columns.value && columns.field->name == findings.front().field) column = *columns.value;
    return file.table.error_at(row, column, findings.front().words);
  }

  // "KIND:KEY", a record of these same files.
  Result<Value> parse_reference(const FieldDescription& field, std::string_view text) const {
    if (text.empty()) return Value();
    const std::size_t colon = std::min(text.find(':'), text.size());
    const KindDescription* kind = records::find_kind(text.substr(0, colon));
    if (kind == nullptr || !references_.contains(std::string(text))) {
      return Error(ErrorCode::bad_input,
                   phrase("there is no record \"{0}\"; write KIND:KEY, such as township:654027101", {text}));
    }
    const auto& targets = field.targets;
    if (!targets.empty() && std::find(targets.begin(), targets.end(), kind->number) == targets.end()) {
      return Error(ErrorCode::bad_input, phrase("{0} cannot refer to a {1}", {field.name, kind->name}));
    }
    return Value(register_id(kind->name, text.substr(colon + 1)));
  }

  // The citations of one row.
  Status cite(const RegisterFile& file, std::size_t row, std::vector<Record>& citations) const {
    for (const FieldColumns& columns : file.fields) {
      const std::string_view printed = file.cell(row, columns.printed);
      if (printed.empty()) continue;
      KX_TRY(citation, make_citation(file, row, columns));
      citations.push_back(std::move(citation));
    }
    return {};
  }

  Result<Record> make_citation(const RegisterFile& file, std::size_t row, const FieldColumns& columns) const {
    const KindDescription& kind = records::kind_of(records::kinds::citation);
    const std::string_view field_name = columns.field->name;
    Record citation(citation_id(file.kind->name, file.key(row), field_name), kind);
    citation.set_value(records::citation::subject, register_id(file.kind->name, file.key(row)));
    citation.set_value(records::citation::field, std::string(field_name));
    citation.set_value(records::citation::printed, std::string(file.table.cell(row, *columns.printed)));
    // A field with a source of its own does not stand in the row's table.
    const std::string_view own_source = file.cell(row, columns.source);
    const std::string_view source = own_source.empty() ? file.cell(row, file.source_column) : own_source;
    if (source.empty()) {
      return file.table.error_at(row, *columns.printed, phrase("printed text without its source (@source)"));
    }
    citation.set_value(records::citation::source, std::string(source));
    if (own_source.empty()) KX_CHECK(place_in_table(file, row, field_name, citation));
    const auto findings = records::validate_record(citation);
    if (findings.empty()) return citation;
    return file.table.error_at(row, *columns.printed, findings.front().words);
  }

  Status place_in_table(const RegisterFile& file, std::size_t row, std::string_view field_name,
                        Record& citation) const {
    for (const auto& [column, handle] : {std::pair(file.table_column, records::citation::table_number),
                                         std::pair(file.row_column, records::citation::row)}) {
      if (!column) continue;
      const records::FieldDescription& field = citation.kind().field(handle);
      const auto value = records::parse_value(field, file.table.cell(row, *column));
      if (!value.ok()) return file.table.error_at(row, *column, value.error().words());
      citation.set_value(field, *value);
    }
    const auto printed = printed_columns_.find(
        {std::string(file.kind->name), std::string(file.cell(row, file.table_column)), std::string(field_name)});
    if (printed != printed_columns_.end()) citation.set_value(records::citation::column, printed->second);
    return {};
  }

  PrintedColumns printed_columns_;
  std::vector<RegisterFile> files_;
  std::set<std::string> references_;
};

}  // namespace

Uuid register_id(std::string_view kind_name, std::string_view key) {
  return fixed_uuid(std::string(id_prefix) + std::string(kind_name) + "/" + std::string(key));
}

Uuid citation_id(std::string_view kind_name, std::string_view key, std::string_view field_name) {
  return fixed_uuid(std::string(id_prefix) + "citation/" + std::string(kind_name) + "/" + std::string(key) + "/" +
                    std::string(field_name));
}

Result<std::vector<Record>> load_registers(const std::filesystem::path& folder) {
  RegisterReader reader;
  KX_CHECK(reader.read_files(folder));
  return reader.make_records();
}

}  // namespace kuangxun::registers
