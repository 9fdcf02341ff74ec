#include "app/typeset/text_piece.h"

#include <algorithm>

#include "db/language/language.h"

namespace kuangxun::typeset {
namespace {

constexpr std::size_t lines_together = 2;

// Where a signature line's parts stand, as parts of the width: who | the line to sign on | the
// date.
constexpr double sign_from = 0.46;
constexpr double sign_to = 0.74;
constexpr double date_from = 0.76;
constexpr double signature_gap_pt = 12;
constexpr double signature_height_min_pt = 26;

double lines_height_pt(const Shaped& text, std::size_t first, std::size_t last) {
  double sum_pt = 0;
  for (std::size_t i = first; i < last; ++i) sum_pt += text.lines[i].height_pt;
  return sum_pt;
}

}  // namespace

TextPiece::TextPiece(const Paragraph& paragraph, Shaper& shaper)
    : text_(shaper.shape(paragraph.text, paragraph.style, body_width_pt)),
      before_pt_(paragraph.before_pt),
      after_pt_(paragraph.after_pt),
      keep_with_next_(paragraph.keep_with_next) {}

double TextPiece::start_height_pt() const {
  const std::size_t count = text_.lines.size();
  // Three lines cannot be broken with two on either side.
  const std::size_t together = count < 2 * lines_together ? count : lines_together;
  return before_pt_ + lines_height_pt(text_, 0, together);
}

double TextPiece::whole_height_pt() const {
  return before_pt_ + text_.height_pt() + after_pt_;
}

void TextPiece::place(Flow& flow) const {
  flow.need(start_height_pt());
  if (!flow.at_top()) flow.advance(before_pt_);
  const std::size_t count = text_.lines.size();
  std::size_t first = 0;
  while (first < count) {
    std::size_t last = first;
    double used_pt = 0;
    while (last < count && (last == first || used_pt + text_.lines[last].height_pt <= flow.remaining_pt())) {
      used_pt += text_.lines[last++].height_pt;
    }
    const std::size_t left_over = count - last;
    if (left_over > 0 && left_over < lines_together && last - first > lines_together) --last;
    flow.mark_lines(text_, first, last, flow.left_pt(), flow.y_pt());
    flow.advance(lines_height_pt(text_, first, last));
    first = last;
    if (first < count) flow.new_page();
  }
  flow.advance(std::min(after_pt_, flow.remaining_pt()));
}

SignaturesPiece::SignaturesPiece(const Signatures& signatures, Shaper& shaper) {
  const TextStyle label{.size_pt = 10, .family = Family::sans};
  const TextStyle detail{.size_pt = 9};
  const double who_width_pt = body_width_pt * sign_from - 6;
  for (const SignatureLine& line : signatures.lines) {
    Line shaped{shaper.shape(line.role, label, who_width_pt), {}, 0};
    if (!line.detail.empty()) shaped.detail = shaper.shape(line.detail, detail, who_width_pt);
    shaped.height_pt =
        std::max(signature_height_min_pt, shaped.who.height_pt() + shaped.detail.height_pt()) + signature_gap_pt;
    lines_.push_back(std::move(shaped));
  }
  date_ = shaper.shape(say("Date:"), label, body_width_pt * (1 - date_from));
}

double SignaturesPiece::start_height_pt() const {
  if (lines_.empty()) return 0;
  return whole_height_pt() <= body_height_pt / 2 ? whole_height_pt() : lines_.front().height_pt;
}

double SignaturesPiece::whole_height_pt() const {
  double sum_pt = 0;
  for (const Line& line : lines_) sum_pt += line.height_pt;
  return sum_pt;
}

void SignaturesPiece::place(Flow& flow) const {
  flow.need(start_height_pt());
  for (const Line& line : lines_) {
    flow.need(line.height_pt);
    const double left_pt = flow.left_pt();
    const double top_pt = flow.y_pt() + signature_gap_pt / 2;
    flow.mark_text(line.who, left_pt, top_pt);
    flow.mark_text(line.detail, left_pt, top_pt + line.who.height_pt());
    const double base_pt = flow.y_pt() + line.height_pt - signature_gap_pt / 2;
    flow.mark(RuleMark{left_pt + body_width_pt * sign_from, base_pt, left_pt + body_width_pt * sign_to, base_pt});
    const double date_pt = left_pt + body_width_pt * date_from;
    flow.mark_text(date_, date_pt, base_pt - date_.height_pt());
    flow.mark(RuleMark{date_pt, base_pt, left_pt + body_width_pt, base_pt});
    flow.advance(line.height_pt);
  }
}

}  // namespace kuangxun::typeset
