#pragma once

#include <span>
#include <string_view>

namespace kuangxun {

// A catalogue that is compiled in: assets/languages/CODE.po as msgfmt made it.
struct EmbeddedCatalogue {
  std::string_view code;
  std::string_view bytes;
};
// By code; made while building.
std::span<const EmbeddedCatalogue> embedded_catalogues();

}  // namespace kuangxun
