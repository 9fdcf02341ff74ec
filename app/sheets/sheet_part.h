#pragma once

#include <string>
#include <vector>

#include "app/sheets/number_format.h"
#include "app/sheets/sheet.h"
#include "app/sheets/xml.h"

// For this folder only.
namespace kuangxun::sheets {

// What the cells of a sheet refer to.
struct SheetContext {
  const std::vector<std::string>& texts;
  const std::vector<NumberFormat>& formats;
  bool counts_from_1904 = false;
};

// xl/worksheets/sheet1.xml: rows, cells, merged cells. A file may leave out what it need not say, such as the place of
// a cell that follows the one before.
class SheetPart final : public XmlHandler {
 public:
  SheetPart(Sheet& sheet, SheetContext context) : sheet_(sheet), context_(context) {}
  Status begin(std::string_view name, const Attributes& attributes) override;
  Status end(std::string_view name) override;
  Status characters(std::string_view text) override;

 private:
  Status begin_row(const Attributes& attributes);
  Status begin_cell(const Attributes& attributes);
  Status end_cell();
  Status take_merged(std::string_view range);
  Cell make_cell() const;
  Error too_much(const Words& what) const;

  Sheet& sheet_;
  SheetContext context_;
  SheetRow row_;
  std::size_t column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string value_;
  bool is_value_ = false;
  bool is_formula_ = false;
  int readings_ = 0;
  std::size_t cells_ = 0;
  std::size_t text_bytes_ = 0;
};

}  // namespace kuangxun::sheets
