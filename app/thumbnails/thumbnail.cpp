#include "app/thumbnails/thumbnail.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "app/thumbnails/jpeg_header.h"

namespace kuangxun::thumbnails {
namespace {

constexpr int channels = 3;
constexpr int quality = 82;
// The decoder writes two bytes for each value.
constexpr std::uint64_t coefficient_bytes = 2;

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;
struct Free {
  void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
  const std::uint8_t* at(int x, int y) const {
    return &pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                   channels];
  }
};

Raster blank(int width, int height) {
  return {width, height,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels)};
}

bool is_bounded(const JpegHeader& header) {
  const std::uint64_t pixels = std::uint64_t{header.width} * header.height;
  if (pixels == 0 || pixels > pixels_max) return false;
  return !header.is_held_whole || pixels * header.components * coefficient_bytes <= coefficient_bytes_max;
}

// The decoder's own reduction that comes nearest to the size from above: most of the work is never done.
std::pair<int, int> decoded_size(int width, int height, int side_px_max) {
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  std::pair best(width, height);
  for (int i = 0; i < count; ++i) {
    const std::pair size(TJSCALED(width, factors[i]), TJSCALED(height, factors[i]));
    const int side = std::max(size.first, size.second);
    if (side >= side_px_max && side < std::max(best.first, best.second)) best = size;
  }
  return best;
}

Raster decode(ByteView picture, int side_px_max) {
  const Handle handle(tjInitDecompress());
  const auto size = static_cast<unsigned long>(picture.size());
  int width = 0, height = 0, subsampling = 0, colours = 0;
  if (!handle ||
      tjDecompressHeader3(handle.get(), picture.data(), size, &width, &height, &subsampling, &colours) != 0) {
    return {};
  }
  const auto [scaled_width, scaled_height] = decoded_size(width, height, side_px_max);
  Raster raster = blank(scaled_width, scaled_height);
  // A warning (a scan that ends early, corrupt data) is damage too.
  const int flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
  const bool is_decoded = tjDecompress2(handle.get(), picture.data(), size, raster.pixels.data(), scaled_width, 0,
                                        scaled_height, TJPF_RGB, flags) == 0;
  return is_decoded ? std::move(raster) : Raster();
}

// Each pixel the mean of those that it covers.
Raster reduced(const Raster& large, int side_px_max) {
  const int side = std::max(large.width, large.height);
  if (side <= side_px_max) return large;
  const auto scaled = [side, side_px_max](int length) { return std::max(1, length * side_px_max / side); };
  Raster small = blank(scaled(large.width), scaled(large.height));
  std::size_t out = 0;
  for (int y = 0; y < small.height; ++y) {
    const int top = y * large.height / small.height, bottom = std::max(top + 1, (y + 1) * large.height / small.height);
    for (int x = 0; x < small.width; ++x) {
      const int left = x * large.width / small.width, right = std::max(left + 1, (x + 1) * large.width / small.width);
      std::uint64_t sums[channels] = {};
      for (int from_y = top; from_y < bottom; ++from_y) {
        for (int from_x = left; from_x < right; ++from_x) {
          for (int c = 0; c < channels; ++c) sums[c] += large.at(from_x, from_y)[c];
        }
      }
      const auto count = static_cast<std::uint64_t>(bottom - top) * static_cast<std::uint64_t>(right - left);
      for (const std::uint64_t sum : sums) small.pixels[out++] = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
  }
  return small;
}

// EXIF's eight: 2 mirrored, 3 upside down, 4 both of these, 5 to 8 with rows and columns exchanged.
Raster upright(const Raster& raw, int orientation) {
  if (orientation < 2 || orientation > 8) return raw;
  const bool is_exchanged = orientation >= 5;
  const bool flips_columns = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool flips_rows = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Raster turned = is_exchanged ? blank(raw.height, raw.width) : blank(raw.width, raw.height);
  std::size_t out = 0;
  for (int y = 0; y < turned.height; ++y) {
    for (int x = 0; x < turned.width; ++x) {
      int column = is_exchanged ? y : x, row = is_exchanged ? x : y;
      if (flips_columns) column = raw.width - 1 - column;
      if (flips_rows) row = raw.height - 1 - row;
      for (int c = 0; c < channels; ++c) turned.pixels[out++] = raw.at(column, row)[c];
    }
  }
  return turned;
}

Bytes encode(const Raster& raster) {
  const Handle handle(tjInitCompress());
  unsigned char* written = nullptr;
  unsigned long size = 0;
  const bool is_written = handle && tjCompress2(handle.get(), raster.pixels.data(), raster.width, 0, raster.height,
                                                TJPF_RGB, &written, &size, TJSAMP_420, quality, 0) == 0;
  const std::unique_ptr<unsigned char, Free> kept(written);
  return is_written ? Bytes(kept.get(), kept.get() + size) : Bytes();
}

}  // namespace

Bytes make_thumbnail(ByteView picture, int orientation, int side_px_max) {
  const auto header = read_jpeg_header(picture);
  if (!header || !is_bounded(*header)) return {};
  const Raster decoded = decode(picture, side_px_max);
  if (decoded.pixels.empty()) return {};
  return encode(upright(reduced(decoded, side_px_max), orientation));
}

}  // namespace kuangxun::thumbnails
