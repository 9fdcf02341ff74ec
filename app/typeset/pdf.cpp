#include "app/typeset/pdf.h"

#include <cairo-pdf.h>

#include <algorithm>

#include "app/typeset/picture_piece.h"
#include "app/typeset/table_piece.h"
#include "app/typeset/text_piece.h"
#include "app/typeset/texts.h"
#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::typeset {
namespace {

constexpr double banner_y_pt = 22;
constexpr double footer_y_pt = page_height_pt - 42;
constexpr double page_number_width_pt = 90;

using Pieces = std::vector<std::unique_ptr<Piece>>;

struct ShapeBlock {
  Shaper& shaper;
  Result<std::unique_ptr<Piece>> operator()(const Paragraph& paragraph) const {
    return std::unique_ptr<Piece>(std::make_unique<TextPiece>(paragraph, shaper));
  }
  Result<std::unique_ptr<Piece>> operator()(const Table& table) const {
    return std::unique_ptr<Piece>(std::make_unique<TablePiece>(table, shaper));
  }
  Result<std::unique_ptr<Piece>> operator()(const Signatures& signatures) const {
    return std::unique_ptr<Piece>(std::make_unique<SignaturesPiece>(signatures, shaper));
  }
  Result<std::unique_ptr<Piece>> operator()(const QrNote& note) const {
    KX_TRY(piece, QrPiece::make(note, shaper));
    return std::unique_ptr<Piece>(std::move(piece));
  }
  Result<std::unique_ptr<Piece>> operator()(const Pictures& pictures) const {
    KX_TRY(piece, PicturesPiece::make(pictures, shaper));
    return std::unique_ptr<Piece>(std::move(piece));
  }
};

// The piece and whatever it must not be parted from below it.
double together_height_pt(const Pieces& pieces, std::size_t index) {
  double height_pt = 0;
  for (std::size_t i = index; i < pieces.size(); ++i) {
    if (!pieces[i]->keep_with_next()) return height_pt + pieces[i]->start_height_pt();
    height_pt += pieces[i]->whole_height_pt();
  }
  return height_pt;
}

void mark_every_page(Flow& flow, const Document& document, Shaper& shaper) {
  const TextStyle banner{
      .size_pt = 9.5, .bold = true, .family = Family::sans, .color = {0.8, 0.05, 0.05}, .align = Align::center};
  const TextStyle small{.size_pt = 7, .family = Family::sans, .color = {0.35, 0.35, 0.35}};
  TextStyle number = small;
  number.align = Align::end;
  const double left_pt = margin_side_pt;
  const std::size_t count = flow.pages().size();
  const Shaped banner_text = shaper.shape(document.banner, banner, body_width_pt);
  const Shaped footer_text = shaper.shape(document.footer, small, body_width_pt - page_number_width_pt);
  for (std::size_t i = 0; i < count; ++i) {
    Flow page;
    if (!document.banner.empty()) page.mark_text(banner_text, left_pt, banner_y_pt);
    page.mark(RuleMark{left_pt, footer_y_pt, left_pt + body_width_pt, footer_y_pt});
    page.mark_text(footer_text, left_pt, footer_y_pt + 4);
    const Shaped page_number = shaper.shape(say_with("page {0} of {1}", {std::to_string(i + 1), std::to_string(count)}),
                                            number, page_number_width_pt);
    page.mark_text(page_number, left_pt + body_width_pt - page_number_width_pt, footer_y_pt + 4);
    PageMarks& marks = flow.pages()[i];
    // The banner is the first thing read on the page, the footer the last.
    const std::ptrdiff_t banner_lines = document.banner.empty() ? 0 : std::ssize(banner_text.lines);
    const auto split = page.pages()[0].begin() + banner_lines;
    marks.insert(marks.end(), split, page.pages()[0].end());
    marks.insert(marks.begin(), page.pages()[0].begin(), split);
  }
}

struct Draw {
  cairo_t* cairo;
  void operator()(const TextMark& mark) const {
    cairo_set_source_rgb(cairo, mark.color.red, mark.color.green, mark.color.blue);
    cairo_move_to(cairo, mark.x_pt, mark.baseline_pt);
    pango_cairo_show_layout_line(cairo, mark.line.get());
  }
  void operator()(const FillMark& mark) const {
    cairo_set_source_rgb(cairo, mark.color.red, mark.color.green, mark.color.blue);
    cairo_rectangle(cairo, mark.x_pt, mark.y_pt, mark.width_pt, mark.height_pt);
    cairo_fill(cairo);
  }
  void operator()(const RuleMark& mark) const {
    cairo_set_source_rgb(cairo, mark.color.red, mark.color.green, mark.color.blue);
    cairo_set_line_width(cairo, mark.thickness_pt);
    cairo_move_to(cairo, mark.from_x_pt, mark.from_y_pt);
    cairo_line_to(cairo, mark.to_x_pt, mark.to_y_pt);
    cairo_stroke(cairo);
  }
  void operator()(const ImageMark& mark) const {
    cairo_save(cairo);
    cairo_translate(cairo, mark.x_pt, mark.y_pt);
    cairo_scale(cairo, mark.width_pt / cairo_image_surface_get_width(mark.surface.get()),
                mark.height_pt / cairo_image_surface_get_height(mark.surface.get()));
    cairo_set_source_surface(cairo, mark.surface.get(), 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
  }
};

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  auto* bytes = static_cast<Bytes*>(closure);
  bytes->insert(bytes->end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

void describe(cairo_surface_t* surface, const Document& document) {
  const std::string date = format_instant(document.dated_utc_ms / 1000 * 1000, 0).substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Kuangxun");
  // Both dates are set, or cairo would take the clock's.
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
}

Result<Bytes> draw(const std::vector<PageMarks>& pages, const Document& document) {
  Bytes bytes;
  std::shared_ptr<cairo_surface_t> surface(
      cairo_pdf_surface_create_for_stream(append_bytes, &bytes, page_width_pt, page_height_pt), cairo_surface_destroy);
  describe(surface.get(), document);
  std::shared_ptr<cairo_t> cairo(cairo_create(surface.get()), cairo_destroy);
  for (const PageMarks& marks : pages) {
    for (const Mark& mark : marks) std::visit(Draw{cairo.get()}, mark);
    cairo_show_page(cairo.get());
  }
  const cairo_status_t drawn = cairo_status(cairo.get());
  cairo.reset();
  cairo_surface_finish(surface.get());
  const cairo_status_t finished = cairo_surface_status(surface.get());
  const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : finished;
  if (status != CAIRO_STATUS_SUCCESS) {
    return Error(ErrorCode::unavailable, phrase("The PDF could not be made: {0}", {cairo_status_to_string(status)}));
  }
  return bytes;
}

Status check_texts(const Document& document) {
  for (const std::string* text : texts_of(document)) {
    if (!is_clean_utf8(*text)) {
      return Error(ErrorCode::bad_input, phrase("A text of the report is not valid UTF-8 and cannot be set"));
    }
  }
  return {};
}

}  // namespace

Result<Pdf> write_pdf(const Document& document) {
  KX_CHECK(check_texts(document));
  KX_TRY(shaper, Shaper::open());
  Pieces pieces;
  for (const Block& block : document.blocks) {
    KX_TRY(piece, std::visit(ShapeBlock{shaper}, block));
    pieces.push_back(std::move(piece));
  }
  Flow flow;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    flow.need(together_height_pt(pieces, i));
    pieces[i]->place(flow);
    if (flow.pages().size() > limits::report_pages_max) {
      return Error(ErrorCode::bad_input, phrase("The report is longer than {0} pages; choose less for one report",
                                                {std::to_string(limits::report_pages_max)}));
    }
  }
  mark_every_page(flow, document, shaper);
  KX_TRY(bytes, draw(flow.pages(), document));
  return Pdf{std::move(bytes), static_cast<int>(flow.pages().size()), shaper.characters_without_glyph()};
}

}  // namespace kuangxun::typeset
