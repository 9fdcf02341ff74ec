#pragma once

#include "app/typeset/flow.h"

namespace kuangxun::typeset {

// A paragraph; broken between lines with two of them on either side of the break.
class TextPiece final : public Piece {
 public:
  TextPiece(const Paragraph& paragraph, Shaper& shaper);
  double start_height_pt() const override;
  double whole_height_pt() const override;
  bool keep_with_next() const override { return keep_with_next_; }
  void place(Flow& flow) const override;

 private:
  Shaped text_;
  double before_pt_;
  double after_pt_;
  bool keep_with_next_;
};

class SignaturesPiece final : public Piece {
 public:
  SignaturesPiece(const Signatures& signatures, Shaper& shaper);
  double start_height_pt() const override;
  double whole_height_pt() const override;
  void place(Flow& flow) const override;

 private:
  struct Line {
    Shaped who;
    Shaped detail;
    double height_pt;
  };
  std::vector<Line> lines_;
  Shaped date_;
};

}  // namespace kuangxun::typeset
