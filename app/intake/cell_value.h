#pragma once

#include <string>

#include "app/intake/heading.h"
#include "app/sheets/sheet.h"
#include "db/base/result.h"

// For this folder only: what stands in a cell as a field takes it.
namespace kuangxun::intake {

// The text that records::parse_value takes, in the field's own unit; empty when the cell says nothing ("", "—", "/").
// Nothing is rounded and no unit is guessed. An error is the message alone; who asked knows the cell.
Result<std::string> read_value(const sheets::Cell& cell, const Column& column);

// A quantity keeps the unit that it was written in.
struct Quantity {
  std::string number;  // empty: the cell says nothing
  std::string unit;    // a code of quantity_unit_enumeration
  std::string written;
};
// `unit_cell` may be empty. The units of cell, heading and unit cell must not contradict each other; one must be there.
Result<Quantity> read_quantity(const sheets::Cell& cell, const Column& column, const sheets::Cell& unit_cell);

// Whether an office writes this where it has nothing to say.
bool is_nothing(const sheets::Cell& cell);

}  // namespace kuangxun::intake
