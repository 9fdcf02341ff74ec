#include "app/typeset/picture_piece.h"

#include <qrencode.h>

#include <algorithm>
#include <cstring>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::typeset {
namespace {

constexpr std::size_t pictures_a_row = 2;
constexpr double picture_gap_pt = 10;
constexpr double picture_width_pt = (body_width_pt - picture_gap_pt) / 2;
constexpr double picture_height_max_pt = 170;
constexpr double caption_gap_pt = 3;

// 26 mm: 0.5 mm a module for our longest content, which a phone reads from paper.
constexpr double qr_side_pt = 26 / 25.4 * 72;
constexpr double qr_gap_pt = 12;

Error no_picture() {
  return Error(ErrorCode::bad_input, phrase("A photo thumbnail is no readable JPEG or PNG, or is too large; make the "
                                            "thumbnail again"));
}

std::shared_ptr<cairo_surface_t> owned(cairo_surface_t* surface) {
  return std::shared_ptr<cairo_surface_t>(surface, cairo_surface_destroy);
}

struct PixelSize {
  int width_px = 0;
  int height_px = 0;
};

bool acceptable(PixelSize size) {
  return size.width_px > 0 && size.height_px > 0 && size.width_px <= limits::picture_side_px_max &&
         size.height_px <= limits::picture_side_px_max;
}

int big_endian_16(ByteView bytes, std::size_t at) {
  return bytes[at] << 8 | bytes[at + 1];
}

// Walks the segments to the frame header (ITU-T T.81 annex B); zero when there is none.
PixelSize jpeg_size(ByteView bytes) {
  std::size_t at = 2;
  while (at + 9 < bytes.size() && bytes[at] == 0xFF) {
    const int marker = bytes[at + 1];
    const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) return {big_endian_16(bytes, at + 7), big_endian_16(bytes, at + 5)};
    at += 2 + static_cast<std::size_t>(big_endian_16(bytes, at + 2));
  }
  return {};
}

// Width and height stand at fixed places in a PNG's first chunk; they are checked before cairo
// allocates pixels.
PixelSize png_size(ByteView bytes) {
  if (bytes.size() < 24 || big_endian_16(bytes, 16) != 0 || big_endian_16(bytes, 20) != 0) return {};
  return {big_endian_16(bytes, 18), big_endian_16(bytes, 22)};
}

cairo_status_t read_some(void* closure, unsigned char* target, unsigned int length) {
  auto* rest = static_cast<ByteView*>(closure);
  if (rest->size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(target, rest->data(), length);
  *rest = rest->subspan(length);
  return CAIRO_STATUS_SUCCESS;
}

Result<std::shared_ptr<cairo_surface_t>> read_png(ByteView bytes) {
  auto surface = owned(cairo_image_surface_create_from_png_stream(read_some, &bytes));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return no_picture();
  return surface;
}

// The PDF carries the JPEG as it is; cairo only needs a surface of its size to hang it on.
Result<std::shared_ptr<cairo_surface_t>> hang_jpeg(const Bytes& encoded, PixelSize size) {
  auto surface = owned(cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.width_px, size.height_px));
  auto* copy = new Bytes(encoded);
  const cairo_status_t status = cairo_surface_set_mime_data(
      surface.get(), CAIRO_MIME_TYPE_JPEG, copy->data(), copy->size(),
      [](void* held) { delete static_cast<Bytes*>(held); }, copy);
  if (status != CAIRO_STATUS_SUCCESS) {
    delete copy;
    return no_picture();
  }
  return surface;
}

}  // namespace

Result<std::shared_ptr<cairo_surface_t>> read_picture(const Bytes& encoded) {
  if (encoded.size() < 24 || encoded.size() > limits::picture_bytes_max) return no_picture();
  const bool is_jpeg = encoded[0] == 0xFF && encoded[1] == 0xD8;
  const PixelSize size = is_jpeg ? jpeg_size(encoded) : png_size(encoded);
  if (!acceptable(size)) return no_picture();
  return is_jpeg ? hang_jpeg(encoded, size) : read_png(encoded);
}

Result<std::unique_ptr<PicturesPiece>> PicturesPiece::make(const Pictures& pictures, Shaper& shaper) {
  auto piece = std::make_unique<PicturesPiece>();
  const TextStyle style{.size_pt = 8, .family = Family::sans};
  for (const Picture& picture : pictures.pictures) {
    KX_TRY(surface, read_picture(picture.encoded));
    const double width_px = cairo_image_surface_get_width(surface.get());
    const double height_px = cairo_image_surface_get_height(surface.get());
    const double scale = std::min(picture_width_pt / width_px, picture_height_max_pt / height_px);
    piece->items_.push_back({std::move(surface), shaper.shape(picture.caption, style, picture_width_pt),
                             width_px * scale, height_px * scale});
  }
  return piece;
}

double PicturesPiece::row_height_pt(std::size_t first) const {
  double height_pt = 0;
  for (std::size_t i = first; i < std::min(first + pictures_a_row, items_.size()); ++i) {
    height_pt = std::max(height_pt, items_[i].height_pt + caption_gap_pt + items_[i].caption.height_pt());
  }
  return height_pt + picture_gap_pt;
}

double PicturesPiece::start_height_pt() const {
  return items_.empty() ? 0 : row_height_pt(0);
}

double PicturesPiece::whole_height_pt() const {
  double sum_pt = 0;
  for (std::size_t i = 0; i < items_.size(); i += pictures_a_row) sum_pt += row_height_pt(i);
  return sum_pt;
}

void PicturesPiece::place(Flow& flow) const {
  for (std::size_t first = 0; first < items_.size(); first += pictures_a_row) {
    flow.need(row_height_pt(first));
    for (std::size_t i = first; i < std::min(first + pictures_a_row, items_.size()); ++i) {
      const Item& item = items_[i];
      const double x_pt = flow.left_pt() + static_cast<double>(i - first) * (picture_width_pt + picture_gap_pt);
      flow.mark(ImageMark{item.surface, x_pt, flow.y_pt(), item.width_pt, item.height_pt});
      flow.mark_text(item.caption, x_pt, flow.y_pt() + item.height_pt + caption_gap_pt);
    }
    flow.advance(std::min(row_height_pt(first), flow.remaining_pt()));
  }
}

Result<std::unique_ptr<QrPiece>> QrPiece::make(const QrNote& note, Shaper& shaper) {
  std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(note.content.c_str(), 0, QR_ECLEVEL_M),
                                                  QRcode_free);
  if (!code) {
    return Error(ErrorCode::bad_input, phrase("The QR code's content is empty or too long for a QR code"));
  }
  auto piece = std::make_unique<QrPiece>();
  piece->side_modules_ = code->width;
  for (int i = 0; i < code->width * code->width; ++i) piece->dark_.push_back((code->data[i] & 1) != 0);
  const TextStyle style{.size_pt = 8, .family = Family::sans, .color = {0.25, 0.25, 0.25}};
  piece->text_ = shaper.shape(note.text, style, body_width_pt - qr_side_pt - qr_gap_pt);
  return piece;
}

double QrPiece::whole_height_pt() const {
  return std::max(qr_side_pt, text_.height_pt()) + 2 * qr_gap_pt;
}

void QrPiece::place(Flow& flow) const {
  flow.need(whole_height_pt());
  const double module_pt = qr_side_pt / side_modules_;
  const double top_pt = flow.y_pt() + qr_gap_pt;
  for (int row = 0; row < side_modules_; ++row) {
    int column = 0;
    while (column < side_modules_) {
      int end = column;
      while (end < side_modules_ && dark_[static_cast<std::size_t>(row * side_modules_ + end)]) ++end;
      if (end > column) {
        flow.mark(FillMark{
            flow.left_pt() + column * module_pt, top_pt + row * module_pt, (end - column) * module_pt, module_pt, {}});
      }
      column = end + 1;
    }
  }
  flow.mark_text(text_, flow.left_pt() + qr_side_pt + qr_gap_pt, top_pt);
  flow.advance(std::min(whole_height_pt(), flow.remaining_pt()));
}

}  // namespace kuangxun::typeset
