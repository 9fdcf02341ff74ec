#include "app/typeset/shaper.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::typeset {
namespace {

// Noto's Chinese faces first; after the comma what else a machine may have, so that Arabic-script
// names and another Chinese font are found too.
constexpr const char* serif_families = "Noto Serif CJK SC,Source Han Serif SC,Noto Naskh Arabic,serif";
constexpr const char* sans_families = "Noto Sans CJK SC,Source Han Sans SC,Noto Sans Arabic,sans-serif";

// The Chinese faces claim 1.45 em a line, too airy for tables; these are their strokes' real extent
// and some air.
constexpr double ascent_em = 1.02;
constexpr double descent_em = 0.36;

template <class T>
std::shared_ptr<T> owned(T* object) {
  return std::shared_ptr<T>(object, [](T* held) { g_object_unref(held); });
}

double points(int pango_units) {
  return static_cast<double>(pango_units) / PANGO_SCALE;
}

// Without hinting a glyph stands where its outline says, so that screens and printers cannot move
// line breaks.
std::shared_ptr<PangoContext> make_context() {
  auto font_map = owned(pango_cairo_font_map_new());
  auto context = owned(pango_font_map_create_context(font_map.get()));
  pango_cairo_context_set_resolution(context.get(), 72);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  // Han characters are shared between languages; this asks for the mainland forms.
  pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
  return context;
}

PangoFontDescription* describe(const TextStyle& style) {
  PangoFontDescription* description = pango_font_description_new();
  pango_font_description_set_family(description, style.family == Family::serif ? serif_families : sans_families);
  pango_font_description_set_weight(description, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(description, static_cast<int>(style.size_pt * PANGO_SCALE));
  return description;
}

bool draws_chinese(PangoContext* context, Family family) {
  PangoFontDescription* description = describe(TextStyle{.family = family});
  PangoFontset* fontset = pango_context_load_fontset(context, description, pango_language_from_string("zh-cn"));
  pango_font_description_free(description);
  if (fontset == nullptr) return false;
  bool every = true;
  for (gunichar character : {0x73B0u, 0x573Au, 0x68C0u, 0x67E5u, 0x8BB0u, 0x5F55u}) {
    PangoFont* font = pango_fontset_get_font(fontset, character);
    every = every && font != nullptr && pango_font_has_char(font, character);
    if (font != nullptr) g_object_unref(font);
  }
  g_object_unref(fontset);
  return every;
}

double aligned_x(const PangoLayoutLine* line, double free_pt, Align align) {
  if (align == Align::center) return free_pt / 2;
  const bool right_to_left = line->resolved_dir == PANGO_DIRECTION_RTL;
  return (align == Align::end) != right_to_left ? free_pt : 0;
}

ShapedLine measure(std::shared_ptr<PangoLayoutLine> line, const TextStyle& style, double width_pt) {
  PangoRectangle ink;
  PangoRectangle logical;
  pango_layout_line_get_extents(line.get(), &ink, &logical);
  // Stacked vowel signs and tall scripts may need more than the usual line.
  const double above_pt = std::max(ascent_em * style.size_pt, points(-ink.y));
  const double below_pt = std::max(descent_em * style.size_pt, points(ink.y + ink.height));
  ShapedLine shaped;
  shaped.height_pt = above_pt + below_pt;
  shaped.baseline_pt = above_pt;
  shaped.x_pt = aligned_x(line.get(), std::max(0.0, width_pt - points(logical.width)), style.align);
  shaped.line = std::move(line);
  return shaped;
}

std::shared_ptr<PangoLayout> lay_out(PangoContext* context, std::string_view text, const TextStyle& style,
                                     double width_pt) {
  auto layout = owned(pango_layout_new(context));
  PangoFontDescription* description = describe(style);
  pango_layout_set_font_description(layout.get(), description);
  pango_font_description_free(description);
  pango_layout_set_width(layout.get(), static_cast<int>(width_pt * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  // A hyphen put into a broken number or hash would change what the paper says.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

}  // namespace

double Shaped::height_pt() const {
  double sum_pt = 0;
  for (const ShapedLine& line : lines) sum_pt += line.height_pt;
  return sum_pt;
}

Result<Shaper> Shaper::open() {
  auto context = make_context();
  if (!draws_chinese(context.get(), Family::serif) || !draws_chinese(context.get(), Family::sans)) {
    return Error(ErrorCode::unavailable, phrase("No Chinese font is installed on this machine, so the report cannot be "
                                                "made; install the Noto "
                                                "CJK fonts (Debian package fonts-noto-cjk) and try again"));
  }
  return Shaper(std::move(context));
}

Shaped Shaper::shape(std::string_view text, const TextStyle& style, double width_pt) {
  Shaped shaped{.lines = {}, .color = style.color};
  // A layout for each paragraph: Pango's time grows with the square of the lines in one.
  for (std::string_view paragraph : split(text, '\n')) {
    if (paragraph.ends_with('\r')) paragraph.remove_suffix(1);
    auto layout = lay_out(context_.get(), paragraph, style, width_pt);
    characters_without_glyph_ += pango_layout_get_unknown_glyphs_count(layout.get());
    for (GSList* item = pango_layout_get_lines_readonly(layout.get()); item != nullptr; item = item->next) {
      auto* line = static_cast<PangoLayoutLine*>(item->data);
      shaped.lines.push_back(measure(std::shared_ptr<PangoLayoutLine>(layout, line), style, width_pt));
    }
  }
  return shaped;
}

}  // namespace kuangxun::typeset
