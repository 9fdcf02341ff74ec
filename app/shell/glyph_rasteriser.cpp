#include "app/shell/glyph_rasteriser.h"

#include <ft2build.h>

#include <cmath>
#include <cstring>
#include <string>

#include "db/language/language.h"
#include FT_FREETYPE_H

namespace kuangxun::shell {
namespace {

constexpr std::array<float, ui::face_count> em_at_scale_1_px = {18, 24};
constexpr float line_height_em = 1.4F;
// An ideograph stands from 0.88 em above the baseline to 0.12 em below it (the em box of CJK fonts).
constexpr float ideograph_ascent_em = 0.88F;

Error cannot_read(const FontFile& file) {
  return Error(ErrorCode::unavailable,
               phrase("cannot read the font {0}: install the package fonts-noto-cjk again", {file.path}));
}

bool has_family(FT_Face face, const std::string& family) {
  return family.empty() || (face->family_name != nullptr && family == face->family_name);
}

// The face at the index, or the one of that family wherever it stands in the file; null when there is none.
FT_Face open_face(FT_Library library, const FontFile& file) {
  FT_Face face = nullptr;
  if (FT_New_Face(library, file.path.c_str(), file.index, &face) != 0) return nullptr;
  if (has_family(face, file.family)) return face;
  const FT_Long face_count = face->num_faces;
  FT_Done_Face(face);
  for (FT_Long index = 0; index < face_count; ++index) {
    if (FT_New_Face(library, file.path.c_str(), index, &face) != 0) return nullptr;
    if (has_family(face, file.family)) return face;
    FT_Done_Face(face);
  }
  return nullptr;
}

ui::FaceMetrics metrics_of(float em_px) {
  const float line_height_px = std::round(em_px * line_height_em);
  const float ascent_px = std::round(em_px * ideograph_ascent_em + (line_height_px - em_px) / 2);
  return {ascent_px, line_height_px, em_px};
}

}  // namespace

struct GlyphRasteriser::Faces {
  FT_Library library = nullptr;
  std::array<FT_Face, ui::face_count> faces{};
  std::array<ui::FaceMetrics, ui::face_count> metrics{};

  ~Faces() {
    for (FT_Face face : faces)
      if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

GlyphRasteriser::GlyphRasteriser(std::unique_ptr<Faces> faces) : faces_(std::move(faces)) {}
GlyphRasteriser::~GlyphRasteriser() = default;

Result<std::unique_ptr<GlyphRasteriser>> GlyphRasteriser::open(const FontFiles& files, float scale) {
  auto faces = std::make_unique<Faces>();
  if (FT_Init_FreeType(&faces->library) != 0) return cannot_read(files.body);
  const std::array<const FontFile*, ui::face_count> chosen = {&files.body, &files.heading};
  for (std::size_t index = 0; index < ui::face_count; ++index) {
    faces->faces[index] = open_face(faces->library, *chosen[index]);
    const float em_px = std::round(em_at_scale_1_px[index] * scale);
    if (faces->faces[index] == nullptr || FT_Set_Pixel_Sizes(faces->faces[index], 0, static_cast<FT_UInt>(em_px)) != 0)
      return cannot_read(*chosen[index]);
    faces->metrics[index] = metrics_of(em_px);
  }
  return std::unique_ptr<GlyphRasteriser>(new GlyphRasteriser(std::move(faces)));
}

const std::array<ui::FaceMetrics, ui::face_count>& GlyphRasteriser::metrics() const {
  return faces_->metrics;
}

ui::Glyph GlyphRasteriser::draw(const ui::GlyphRequest& request) {
  ui::Glyph glyph;
  glyph.request = request;
  FT_Face face = faces_->faces[static_cast<std::size_t>(request.face)];
  const FT_UInt index = FT_Get_Char_Index(face, request.character);
  // Index 0 is the font's own sign for "not in this font".
  if (index == 0 || FT_Load_Glyph(face, index, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) return glyph;
  const FT_GlyphSlot slot = face->glyph;
  const FT_Bitmap& bitmap = slot->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return glyph;
  glyph.found = true;
  glyph.width_px = static_cast<int>(bitmap.width);
  glyph.height_px = static_cast<int>(bitmap.rows);
  glyph.left_px = slot->bitmap_left;
  glyph.above_baseline_px = slot->bitmap_top;
  glyph.advance_px = std::round(static_cast<float>(slot->advance.x) / 64.0F);
  glyph.coverage.resize(static_cast<std::size_t>(bitmap.width) * bitmap.rows);
  for (unsigned row = 0; row < bitmap.rows; ++row)
    std::memcpy(glyph.coverage.data() + std::size_t{row} * bitmap.width,
                bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch, bitmap.width);
  return glyph;
}

}  // namespace kuangxun::shell
