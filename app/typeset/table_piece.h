#pragma once

#include "app/typeset/flow.h"

namespace kuangxun::typeset {

class TablePiece final : public Piece {
 public:
  TablePiece(const Table& table, Shaper& shaper);
  double start_height_pt() const override;
  double whole_height_pt() const override;
  void place(Flow& flow) const override;

 private:
  struct ShapedCell {
    Shaped text;
    // From the table's left edge.
    double x_pt;
    double width_pt;
    bool tinted;
  };
  struct ShapedRow {
    std::vector<ShapedCell> cells;
    double height_pt = 0;
    bool keep_with_next = false;
  };

  ShapedRow shape_row(const Row& row, const Table& table, Shaper& shaper, bool is_header) const;
  bool may_be_cut(const ShapedRow& row) const;
  // The least of the row that may stand before a page break.
  double least_height_pt(const ShapedRow& row) const;
  double needed_height_pt(std::size_t index) const;
  void start_page(Flow& flow) const;
  void place_row(Flow& flow, const ShapedRow& row) const;
  void place_cut_row(Flow& flow, const ShapedRow& row) const;

  std::vector<double> edges_pt_;
  double header_height_pt_ = 0;
  std::vector<ShapedRow> header_;
  std::vector<ShapedRow> rows_;
};

}  // namespace kuangxun::typeset
