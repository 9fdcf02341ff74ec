#include "app/intake/heading.h"
#include "app/intake/table_import.h"
#include "app/intake/table_row.h"
#include "db/base/csv.h"
#include "db/language/language.h"
#include "db/records/choices/quantity_unit.h"
#include "db/records/enumerations.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"
#include "db/records/unit_text.h"

namespace kuangxun::intake {
namespace {

using records::FieldDescription;
using records::KindDescription;
using records::Record;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_end = "\r\n";

// The unit in which the mine is licensed, so that it need not be typed.
std::string unit_of(const Record& mine) {
  namespace unit = records::quantity_unit;
  const bool by_volume = mine.has(records::mining_right::capacity_10k_m3_per_year) &&
                         !mine.has(records::mining_right::capacity_10kt_per_year);
  const auto* option = records::quantity_unit_enumeration.find(by_volume ? unit::of_10k_m3 : unit::of_10kt);
  return either_text(option->chinese, option->code);
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? "," : "") + csv_cell(cells[i]);
  return line + std::string(line_end);
}

}  // namespace

// With a byte order mark, without which Excel takes UTF-8 for the code of the machine.
Result<std::string> make_template(history::RecordReader& store, const TableKind& table,
                                  const std::optional<int>& year) {
  const KindDescription& kind = records::kind_of(table.kind);
  const bool is_of_mines = names_mines(kind);
  const bool is_of_plans = kind.find_field(records::restoration_task::plan) != nullptr;
  std::vector<std::string> headings;
  if (is_of_mines) headings = {say_text("Mine"), say_text("Licence number")};
  if (is_of_plans) headings.push_back(say_text("Plan"));
  for (const FieldDescription& field : kind.fields) {
    if (field.is_on_form()) headings.push_back(records::label_with_unit(field));
  }
  std::string text = std::string(byte_order_mark) + line_of(headings);
  if (!is_of_mines) return text;
  KX_TRY(mines, store.list(records::kinds::mining_right));
  for (const Record& mine : mines) {
    if (mine.is_voided()) continue;
    std::vector<std::string> cells = {mine.name(), mine.text(records::mining_right::licence_number)};
    if (is_of_plans) cells.emplace_back();
    for (const FieldDescription& field : kind.fields) {
      if (!field.is_on_form()) continue;
      std::string cell;
      if (field.name == "year" && year) cell = std::to_string(*year);
      if (field.enumeration == &records::quantity_unit_enumeration) cell = unit_of(mine);
      cells.push_back(std::move(cell));
    }
    text += line_of(cells);
  }
  return text;
}

}  // namespace kuangxun::intake
