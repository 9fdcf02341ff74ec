#include "app/shell/picture.h"

#include <png.h>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::shell {
namespace {

Error png_failed(const std::filesystem::path& path, const png_image& image) {
  return Error(ErrorCode::unavailable, phrase("the PNG picture {0} failed: {1}", {path.string(), image.message}));
}

}  // namespace

Status write_png(const Picture& picture, const std::filesystem::path& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width_px);
  image.height = static_cast<png_uint_32>(picture.height_px);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr) == 0)
    return png_failed(path, image);
  bytes.resize(size);
  return write_file_durably(path, bytes);
}

Result<Picture> read_png(const std::filesystem::path& path) {
  KX_TRY(bytes, read_file(path, limits::attachment_bytes_max));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return png_failed(path, image);
  image.format = PNG_FORMAT_RGB;
  constexpr png_uint_32 edge_max_px = 20'000;
  Picture picture;
  if (image.width > edge_max_px || image.height > edge_max_px) {
    png_image_free(&image);
    return Error(ErrorCode::bad_input, phrase("the picture {0} is too large", {path.string()}));
  }
  picture.width_px = static_cast<int>(image.width);
  picture.height_px = static_cast<int>(image.height);
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0) return png_failed(path, image);
  return picture;
}

}  // namespace kuangxun::shell
