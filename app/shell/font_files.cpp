#include "app/shell/font_files.h"

#include <fontconfig/fontconfig.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "db/language/language.h"

namespace kuangxun::shell {
namespace {

constexpr const char* noto_regular = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
constexpr const char* noto_bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
constexpr const char* noto_family = "Noto Sans CJK SC";
constexpr int noto_index = 2;
constexpr const char* microhei = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";

bool exists(const char* path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

std::optional<FontFile> ask_fontconfig(bool bold) {
  const std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> config(FcInitLoadConfigAndFonts(), FcConfigDestroy);
  const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> wanted(FcPatternCreate(), FcPatternDestroy);
  if (!config || !wanted) return std::nullopt;
  FcPatternAddString(wanted.get(), FC_LANG, reinterpret_cast<const FcChar8*>("zh-cn"));
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcConfigSubstitute(config.get(), wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> found(FcFontMatch(config.get(), wanted.get(), &result),
                                                                      FcPatternDestroy);
  FcChar8* path = nullptr;
  int index = 0;
  FcCharSet* characters = nullptr;
  if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &path) != FcResultMatch ||
      FcPatternGetCharSet(found.get(), FC_CHARSET, 0, &characters) != FcResultMatch)
    return std::nullopt;
  // fontconfig always answers, if need be with a font that has no Chinese.
  if (FcCharSetHasChar(characters, U'矿') == FcFalse) return std::nullopt;
  FcPatternGetInteger(found.get(), FC_INDEX, 0, &index);
  return FontFile{reinterpret_cast<const char*>(path), index & 0xFFFF};
}

}  // namespace

Result<FontFiles> find_fonts() {
  if (exists(noto_regular)) {
    const FontFile body{noto_regular, noto_index, noto_family};
    return FontFiles{body, exists(noto_bold) ? FontFile{noto_bold, noto_index, noto_family} : body};
  }
  if (exists(microhei)) return FontFiles{{microhei, 0}, {microhei, 0}};
  const std::optional<FontFile> body = ask_fontconfig(false);
  if (!body)
    return Error(ErrorCode::unavailable,
                 (phrase("no font with Chinese was found: install the package fonts-noto-cjk")));
  return FontFiles{*body, ask_fontconfig(true).value_or(*body)};
}

}  // namespace kuangxun::shell
