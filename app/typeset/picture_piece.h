#pragma once

#include "app/typeset/flow.h"
#include "db/base/result.h"

namespace kuangxun::typeset {

// A PNG, or a JPEG that is passed on verbatim; bad_input when the bytes are neither or too large.
Result<std::shared_ptr<cairo_surface_t>> read_picture(const Bytes& encoded);

class PicturesPiece final : public Piece {
 public:
  static Result<std::unique_ptr<PicturesPiece>> make(const Pictures& pictures, Shaper& shaper);
  double start_height_pt() const override;
  double whole_height_pt() const override;
  void place(Flow& flow) const override;

 private:
  struct Item {
    std::shared_ptr<cairo_surface_t> surface;
    Shaped caption;
    double width_pt;
    double height_pt;
  };
  double row_height_pt(std::size_t first) const;
  std::vector<Item> items_;
};

class QrPiece final : public Piece {
 public:
  // bad_input when the content is more than a QR code holds.
  static Result<std::unique_ptr<QrPiece>> make(const QrNote& note, Shaper& shaper);
  double start_height_pt() const override { return whole_height_pt(); }
  double whole_height_pt() const override;
  void place(Flow& flow) const override;

 private:
  int side_modules_ = 0;
  std::vector<bool> dark_;
  Shaped text_;
};

}  // namespace kuangxun::typeset
