#include "app/intake/read_rows.h"

#include <algorithm>
#include <array>

#include "app/intake/cell_value.h"
#include "app/intake/plain_text.h"
#include "app/intake/totals.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/quantity_unit.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/common.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"

namespace kuangxun::intake {
namespace {

namespace kinds = records::kinds;
namespace quantity_unit = records::quantity_unit;
using records::FieldDescription;
using records::KindDescription;
using records::Record;
using sheets::Cell;
using sheets::Sheet;
using sheets::SheetRow;

bool is_mass(std::int64_t unit) {
  return unit == quantity_unit::t || unit == quantity_unit::of_10kt;
}
bool is_volume(std::int64_t unit) {
  return unit == quantity_unit::m3 || unit == quantity_unit::of_10k_m3;
}

// Reads the rows of one table, in order.
class RowReader {
 public:
  RowReader(const Sheet& sheet, const KindDescription& kind, const Headings& headings, const Names& names,
            const ImportOptions& options, int this_year)
      : sheet_(sheet), kind_(kind), headings_(headings), names_(names), options_(options), this_year_(this_year) {}

  Result<TableRow> read(const SheetRow& row) {
    row_ = &row;
    TableRow read;
    read.number = row.number;
    KX_CHECK(find_mine(read));
    for (const Column& column : headings_.columns) {
      if (column.role == ColumnRole::value) KX_CHECK(read_column(read, column));
    }
    KX_CHECK(add_year(read));
    if (!is_said(read)) return read;
    if (kind_.find_field(records::restoration_task::plan) != nullptr) {
      KX_CHECK(find_plan(read));
      add_unit(read);
    }
    KX_CHECK(check_required(read));
    if (kind_.find_field("source") != nullptr && text_of(read, "source").empty()) add_source(read);
    return finish(std::move(read));
  }
  // Whether the row says anything beside which thing it is about.
  bool is_said(const TableRow& read) const {
    const auto says_more = [&](const inspect::FieldText& given) {
      const FieldDescription& field = *kind_.find_field(given.name);
      return field.is_asked() && !field.is_key;
    };
    return std::ranges::any_of(read.fields, says_more) || kind_.is_said_by_key || asks_something(read);
  }
  std::vector<std::string>& notes() { return notes_; }
  std::string place(std::size_t column) const {
    return say_with("row {0}, column {1}: ", {std::to_string(row_->number), sheets::column_letters(column)});
  }

 private:
  static std::string text_of(const TableRow& read, std::string_view field) {
    for (const auto& given : read.fields) {
      if (given.name == field) return given.text;
    }
    return {};
  }

  Error error(std::size_t column, const Words& message) const { return sheet_.error_at(row_->number, column, message); }

  // A name that was merged down over several rows stands in the first; a value that was merged belongs to nobody
  // knows which.
  const Cell& cell_of(const Column& column) const {
    const Cell& own = row_->cell(column.position);
    if (!own.is_empty()) return own;
    const sheets::MergedCells* merged = merge_at(column.position);
    if (merged == nullptr || merged->first_row == row_->number) return own;
    for (const SheetRow& row : sheet_.rows) {
      if (row.number == merged->first_row) return row.cell(merged->first_column);
    }
    return own;
  }
  const sheets::MergedCells* merge_at(std::size_t column) const {
    for (const sheets::MergedCells& merged : sheet_.merged) {
      if (merged.first_row <= row_->number && row_->number <= merged.last_row && merged.first_column <= column &&
          column <= merged.last_column) {
        return &merged;
      }
    }
    return nullptr;
  }
  bool names_the_thing(const Column& column) const { return column.role != ColumnRole::value || column.field->is_key; }

  Status find_mine(TableRow& read) {
    if (!names_mines(kind_)) return {};
    const Column* name = headings_.find(ColumnRole::mine);
    const Column* licence = headings_.find(ColumnRole::licence);
    read.key_column = (name != nullptr ? name : licence)->position;
    const std::string name_text = name == nullptr ? std::string() : cell_of(*name).text;
    KX_CHECK(check_licence(licence));
    const std::string licence_text =
        licence == nullptr || is_nothing(cell_of(*licence)) ? std::string() : plain(cell_of(*licence).text);
    if (folded(name_text).empty() && licence_text.empty()) {
      return error(read.key_column, phrase("the row names no mine"));
    }
    const MineNames::Match match = names_.mines.find(name_text, licence_text);
    if (match.mine == nullptr) return error(read.key_column, match.problem);
    if (match.is_loose) {
      notes_.push_back(place(read.key_column) +
                       say_with("\"{0}\" is taken for \"{1}\"", {excerpt(trim(name_text), 60), match.mine->name()}));
    }
    read.mine = match.mine;
    read.subject = match.mine->name();
    if (kind_.find_field(records::common::mine) != nullptr)
      read.fields.push_back({records::common::mine, match.mine->id().text()});
    return {};
  }

  Status find_plan(TableRow& read) {
    const Column* column = headings_.find(ColumnRole::plan);
    const bool is_written = column != nullptr && !is_nothing(cell_of(*column));
    const auto found = names_.restoration.find_plan(*read.mine, is_written ? cell_of(*column).text : std::string());
    if (found.plan == nullptr) return error(column == nullptr ? read.key_column : column->position, found.problem);
    read.fields.push_back({records::restoration_task::plan, found.plan->id().text()});
    return {};
  }

  // Spreadsheets keep 15 digits of a number and lose the rest.
  Status check_licence(const Column* licence) const {
    constexpr std::size_t digits_kept = 15;
    if (licence == nullptr) return {};
    const Cell& cell = cell_of(*licence);
    if (cell.form == sheets::CellForm::text || cell.text.size() < digits_kept) return {};
    return error(
        licence->position,
        phrase("the licence number is kept as a number, whose last digits the spreadsheet has changed; make the "
               "cell a text and enter it again"));
  }

  Status read_column(TableRow& read, const Column& column) {
    const Cell& cell = names_the_thing(column) ? cell_of(column) : row_->cell(column.position);
    const sheets::MergedCells* merged = names_the_thing(column) ? nullptr : merge_at(column.position);
    if (merged != nullptr && merged->first_row != merged->last_row) {
      return error(column.position,
                   phrase("the cells of \"{0}\" are merged over rows {1} to {2}, so that nobody "
                          "knows whose the value is; split them",
                          {column.heading, std::to_string(merged->first_row), std::to_string(merged->last_row)}));
    }
    if (is_quantity(*column.field)) return add_quantity(read, column, cell);
    auto text = read_value(cell, column);
    if (!text.ok()) return error(column.position, text.error().words());
    if (text->empty()) return {};
    KX_CHECK(check_range(column, *text));
    read.fields.push_back({std::string(column.field->name), std::move(*text)});
    return {};
  }

  Status check_range(const Column& column, const std::string& text) const {
    const auto value = records::parse_value(*column.field, text);
    if (!value.ok()) return error(column.position, value.error().words());
    const auto findings = records::validate_value(*column.field, *value);
    if (!findings.empty()) return error(column.position, findings.front().words);
    return {};
  }

  // Whose unit is chosen from those that licences have.
  bool is_quantity(const FieldDescription& field) const {
    const FieldDescription* unit = kind_.find_field(std::string(field.name) + "_unit");
    return unit != nullptr && unit->enumeration == &records::quantity_unit_enumeration;
  }

  Status add_quantity(TableRow& read, const Column& column, const Cell& cell) {
    const Column* unit_column = headings_.unit_of(*column.field);
    const Cell unit_cell = unit_column == nullptr ? Cell() : row_->cell(unit_column->position);
    const auto quantity = read_quantity(cell, column, unit_cell);
    if (!quantity.ok()) return error(column.position, quantity.error().words());
    if (quantity->number.empty()) return {};
    KX_CHECK(check_range(column, quantity->number));
    const std::string name(column.field->name);
    read.fields.push_back({name, quantity->number});
    read.fields.push_back({name + "_unit", quantity->unit});
    read.fields.push_back({name + "_written", quantity->written});
    return check_against_licence(read, column, *quantity);
  }

  // Tonnes of what is licensed in cubic metres are no wrong number, but most often a wrong heading; how many cubic
  // metres they are nobody can tell without the density.
  Status check_against_licence(const TableRow& read, const Column& column, const Quantity& quantity) {
    const auto unit = records::quantity_unit_enumeration.find(quantity.unit)->number;
    const bool by_mass = read.mine->has(records::mining_right::capacity_10kt_per_year);
    const bool by_volume = read.mine->has(records::mining_right::capacity_10k_m3_per_year);
    const bool misfits = (is_mass(unit) && by_volume && !by_mass) || (is_volume(unit) && by_mass && !by_volume);
    if (misfits) {
      return error(column.position,
                   phrase("the unit \"{0}\" is of another sort than the licensed \"{1}\" and cannot be converted; "
                          "look which is right. If it was filed so, enter it with record or in the window, where it "
                          "is kept as written",
                          {quantity.written, by_mass ? phrase("10,000 t a year") : phrase("10,000 m³ a year")}));
    }
    if (column.field->name == "output") note_capacity(read, column, quantity, unit);
    return {};
  }

  void note_capacity(const TableRow& read, const Column& column, const Quantity& quantity, std::int64_t unit) {
    const auto* field = kind_.find_field(records::annual_return::output);
    const bool is_ten_thousands = unit == quantity_unit::of_10kt || unit == quantity_unit::of_10k_m3;
    if (unit == quantity_unit::kg) return;
    const records::NumberHandle& capacity_field =
        is_mass(unit) ? records::mining_right::capacity_10kt_per_year : records::mining_right::capacity_10k_m3_per_year;
    const std::int64_t capacity = read.mine->integer(capacity_field);
    const auto output = parse_decimal(quantity.number, field->scale);
    if (!output.ok() || capacity <= 0) return;
    // Both at scale 4; the capacity in ten thousands.
    const double times = static_cast<double>(*output) / static_cast<double>(capacity) / (is_ten_thousands ? 1 : 1e4);
    if (times <= 1) return;
    constexpr double slip_of_a_unit = 10;
    const auto tenths = static_cast<std::int64_t>(times * 10);
    notes_.push_back(place(column.position) + say_with("{0}: output {1} is {3} times the licensed capacity of {2}{4}",
                                                       {read.mine->name(), quantity.written,
                                                        read.mine->display(capacity_field), format_decimal(tenths, 1),
                                                        times >= slip_of_a_unit ? say("; the unit looks wrong") : ""}));
  }

  Status add_year(TableRow& read) {
    const FieldDescription* year = kind_.find_field(records::common::year);
    if (year == nullptr) return {};
    const Column* column = headings_.of_field("year");
    std::string given = text_of(read, "year");
    if (given.empty() && options_.year) {
      given = std::to_string(*options_.year);
      read.fields.push_back({"year", given});
    }
    const std::size_t position = column == nullptr ? read.key_column : column->position;
    if (given.empty() && !year->is_required) return {};
    if (given.empty()) {
      return error(position, phrase("there is no year; add a column \"year\", or give the year beside the file"));
    }
    if (options_.year && given != std::to_string(*options_.year)) {
      return error(position, phrase("the year {0} is not the given {1}", {given, std::to_string(*options_.year)}));
    }
    const auto number = parse_decimal(given, 0);
    // What is asked for may lie ahead; what was done may not.
    if (number.ok() && *number > this_year_ && year->is_required) {
      return error(position, phrase("the year {0} is still to come", {given}));
    }
    read.subject += (read.subject.empty() ? "" : " ") + given;
    return {};
  }

  // A task or a threshold of a 《方案》.
  static bool asks_something(const TableRow& read) {
    return std::ranges::any_of(
        std::array<records::FieldHandle, 2>{records::restoration_task::task, records::restoration_task::indicator},
        [&](std::string_view field) { return !text_of(read, field).empty(); });
  }

  // What is said of a unit by its name belongs to the unit, where the mine has one of that name.
  void add_unit(TableRow& read) {
    const std::string written = text_of(read, records::restoration_task::unit_written);
    if (written.empty()) return;
    read.subject += " " + written;
    if (const Record* unit = names_.restoration.find_unit(*read.mine, written)) {
      read.fields.push_back({records::restoration_task::unit, unit->id().text()});
    }
  }

  Status check_required(const TableRow& read) const {
    if (kind_.number == kinds::restoration_task && !asks_something(read)) {
      return error(read.key_column, phrase("give the task, or what is measured against the threshold"));
    }
    for (const FieldDescription& field : kind_.fields) {
      const bool is_given = !text_of(read, field.name).empty();
      if (!field.is_required || is_given || field.name == "source") continue;
      const Column* column = headings_.of_field(field.name);
      return error(column == nullptr ? read.key_column : column->position,
                   phrase("\"{0}\" is required", {field.label_words()}));
    }
    return {};
  }

  void add_source(TableRow& read) const {
    read.fields.push_back({"source", say_with("{0}, row {1}", {sheet_.file, std::to_string(row_->number)})});
  }

  Result<TableRow> finish(TableRow read) const {
    Record record(Uuid{}, kind_);
    for (const inspect::FieldText& field : read.fields) {
      const auto* description = kind_.find_field(field.name);
      const auto value = records::parse_value(*description, field.text);
      if (!value.ok()) return error(read.key_column, value.error().words());
      record.set_value(*description, *value);
    }
    read.key = key_of(record);
    return read;
  }

  const Sheet& sheet_;
  const KindDescription& kind_;
  const Headings& headings_;
  const Names& names_;
  const ImportOptions& options_;
  int this_year_;
  const SheetRow* row_ = nullptr;
  std::vector<std::string> notes_;
};

Status check_unique(const Sheet& sheet, const std::vector<TableRow>& rows) {
  std::map<std::string, const TableRow*> seen;
  for (const TableRow& row : rows) {
    const auto [at, is_new] = seen.emplace(row.key, &row);
    if (is_new) continue;
    return sheet.error_at(
        row.number, row.key_column,
        phrase("row {0} is about the same ({1}); keep one", {std::to_string(at->second->number), row.subject}));
  }
  return {};
}

}  // namespace

Result<ReadTable> read_rows(const Sheet& sheet, const KindDescription& kind, const Names& names,
                            const ImportOptions& options, int this_year) {
  KX_TRY(headings, find_headings(sheet, kind));
  ReadTable table;
  const SheetRow& heading_row = sheet.rows[headings.heading_row];
  for (const std::size_t position : headings.unknown) {
    table.notes.push_back(say_with("column {0}, \"{1}\", is not known and was not read",
                                   {sheets::column_letters(position), excerpt(heading_row.cell(position).text, 40)}));
  }
  RowReader reader(sheet, kind, headings, names, options, this_year);
  for (std::size_t i = headings.first_row; i < sheet.rows.size(); ++i) {
    const SheetRow& row = sheet.rows[i];
    switch (sort_of(sheet, row, headings)) {
      case RowSort::blank:
      case RowSort::repeated_heading:
      case RowSort::subtotal:
        continue;
      case RowSort::remark:
        table.notes.push_back(say_with("row {0} is taken for a remark and was not read", {std::to_string(row.number)}));
        continue;
      case RowSort::total:
        KX_CHECK(check_total(sheet, row, headings, table.rows));
        continue;
      case RowSort::data:
        break;
    }
    KX_TRY(read, reader.read(row));
    if (row.is_hidden)
      reader.notes().push_back(reader.place(read.key_column) + say_text("the row is hidden; it was read"));
    if (reader.is_said(read)) {
      table.rows.push_back(std::move(read));
    } else {
      reader.notes().push_back(
          reader.place(read.key_column) +
          say_with("{0}: nothing is filled in, so nothing was read; empty is not zero", {read.subject}));
    }
  }
  table.notes.insert(table.notes.end(), reader.notes().begin(), reader.notes().end());
  KX_CHECK(check_unique(sheet, table.rows));
  if (table.rows.empty()) {
    return Error(ErrorCode::bad_input, phrase("{0}: there is no data below the header", {sheet.file}));
  }
  return table;
}

}  // namespace kuangxun::intake
