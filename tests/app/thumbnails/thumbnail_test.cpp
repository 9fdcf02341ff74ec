#include "app/thumbnails/thumbnail.h"

#include <doctest/doctest.h>
#include <turbojpeg.h>

#include <array>
#include <cstdlib>
#include <functional>

#include "app/thumbnails/jpeg_header.h"
#include "tests/support/real_jpeg.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using thumbnails::make_thumbnail;

namespace {

using Colour = std::array<int, 3>;

// A real JPEG of what `colour` says for each pixel.
Bytes picture(int width, int height, const std::function<Colour(int, int)>& colour, int flags = 0) {
  Bytes pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (const int value : colour(x, y)) pixels.push_back(static_cast<std::uint8_t>(value));
    }
  }
  return real_jpeg(width, height, pixels, flags);
}

// The four quarters of different colours, so that every turn shows.
constexpr Colour red = {220, 30, 30}, green = {30, 200, 30}, blue = {30, 30, 220}, white = {240, 240, 240};
Bytes quarters(int width, int height, int flags = 0) {
  return picture(
      width, height,
      [&](int x, int y) {
        const bool is_left = x < width / 2, is_top = y < height / 2;
        return is_top ? (is_left ? red : green) : (is_left ? blue : white);
      },
      flags);
}

struct Decoded {
  int width = 0;
  int height = 0;
  Bytes pixels;
  // Of the middle of a quarter.
  char quarter(bool is_right, bool is_bottom) const {
    const int x = width / 4 + (is_right ? width / 2 : 0), y = height / 4 + (is_bottom ? height / 2 : 0);
    const std::uint8_t* at = &pixels[static_cast<std::size_t>((y * width + x) * 3)];
    for (const auto& [name, colour] : {std::pair('r', red), {'g', green}, {'b', blue}, {'w', white}}) {
      bool is_near = true;
      for (int c = 0; c < 3; ++c) is_near = is_near && std::abs(at[c] - colour[static_cast<std::size_t>(c)]) < 30;
      if (is_near) return name;
    }
    return '?';
  }
  std::string quarters() const {
    return {quarter(false, false), quarter(true, false), quarter(false, true), quarter(true, true)};
  }
};

Decoded decoded(const Bytes& jpeg) {
  REQUIRE_FALSE(jpeg.empty());
  Decoded shown;
  tjhandle handle = tjInitDecompress();
  int subsampling = 0, colours = 0;
  REQUIRE(tjDecompressHeader3(handle, jpeg.data(), jpeg.size(), &shown.width, &shown.height, &subsampling, &colours) ==
          0);
  shown.pixels.resize(static_cast<std::size_t>(shown.width * shown.height * 3));
  REQUIRE(tjDecompress2(handle, jpeg.data(), jpeg.size(), shown.pixels.data(), 0, 0, 0, TJPF_RGB, 0) == 0);
  tjDestroy(handle);
  return shown;
}

// Where the stored column and row of EXIF's eight come from (CIPA DC-008, tag 274): what stands at the top left, top
// right, bottom left, bottom right of the upright picture, when the stored one has r g above b w.
constexpr std::array<const char*, 9> turned = {"rgbw", "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};

}  // namespace

TEST_CASE("a large photo becomes a small one of the same shape, a small one stays its size") {
  const Decoded large = decoded(make_thumbnail(quarters(2400, 1600), 1));
  CHECK(large.width == 512);
  CHECK(large.height == 341);
  CHECK(large.quarters() == "rgbw");
  const Decoded tall = decoded(make_thumbnail(quarters(700, 2100), 1));
  CHECK(tall.width == 170);
  CHECK(tall.height == 512);
  const Decoded small = decoded(make_thumbnail(quarters(60, 40), 1));
  CHECK(small.width == 60);
  CHECK(small.height == 40);
  CHECK(decoded(make_thumbnail(quarters(4000, 5), 1)).height == 1);
}

TEST_CASE("each of EXIF's eight orientations stands upright, and what is none is taken as it lies") {
  const Bytes stored = quarters(1200, 800);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Decoded shown = decoded(make_thumbnail(stored, orientation));
    CHECK_MESSAGE(shown.quarters() == turned[static_cast<std::size_t>(orientation)], orientation);
    CHECK(shown.width == (orientation >= 5 ? 341 : 512));
  }
  for (const int none : {0, -1, 9, 65535}) CHECK(decoded(make_thumbnail(stored, none)).quarters() == "rgbw");
}

TEST_CASE("a pixel is the mean of those it covers") {
  // Stripes of one pixel: whoever picks single pixels gets black or white.
  const Decoded grey = decoded(make_thumbnail(picture(1024, 1024,
                                                      [](int x, int) {
                                                        const int value = x % 2 == 0 ? 0 : 255;
                                                        return Colour{value, value, value};
                                                      }),
                                              1));
  REQUIRE(grey.width == 512);
  for (const std::uint8_t value : grey.pixels) REQUIRE(std::abs(value - 128) < 16);
}

TEST_CASE("progressive photos too; what would need too much memory is left alone before anything is decoded") {
  CHECK(decoded(make_thumbnail(quarters(1000, 600, TJFLAG_PROGRESSIVE), 1)).quarters() == "rgbw");
  CHECK_FALSE(thumbnails::read_jpeg_header(quarters(64, 64))->is_held_whole);
  CHECK(thumbnails::read_jpeg_header(quarters(64, 64, TJFLAG_PROGRESSIVE))->is_held_whole);
  const auto claiming = [](Bytes jpeg, std::uint16_t width, std::uint16_t height) {
    for (std::size_t i = 2; i + 9 < jpeg.size(); ++i) {
      if (jpeg[i] != 0xFF || (jpeg[i + 1] != 0xC0 && jpeg[i + 1] != 0xC2)) continue;
      jpeg[i + 5] = static_cast<std::uint8_t>(height >> 8);
      jpeg[i + 6] = static_cast<std::uint8_t>(height);
      jpeg[i + 7] = static_cast<std::uint8_t>(width >> 8);
      jpeg[i + 8] = static_cast<std::uint8_t>(width);
      break;
    }
    return jpeg;
  };
  const Bytes huge = claiming(quarters(64, 64), 65000, 65000);
  REQUIRE(thumbnails::read_jpeg_header(huge)->width == 65000);
  CHECK(make_thumbnail(huge, 1).empty());
  CHECK(make_thumbnail(claiming(quarters(64, 64, TJFLAG_PROGRESSIVE), 12000, 9000), 1).empty());
  CHECK(make_thumbnail(claiming(quarters(64, 64), 0, 64), 1).empty());
}

TEST_CASE("what is no JPEG, or one that ends early, gives none") {
  CHECK(make_thumbnail({}, 1).empty());
  CHECK(make_thumbnail(as_bytes("no picture at all"), 1).empty());
  CHECK(make_thumbnail(as_bytes("\x89PNG\r\n\x1a\n"), 1).empty());
  for (const int flags : {0, TJFLAG_PROGRESSIVE}) {
    const Bytes sound = quarters(160, 120, flags);
    // The last two bytes are the end mark: without them the picture is whole.
    for (std::size_t length = 0; length + 2 < sound.size(); ++length) {
      REQUIRE_MESSAGE(make_thumbnail(ByteView(sound).first(length), 1).empty(), length);
    }
  }
}

TEST_CASE("a photo with any bits turned over gives a bounded picture or none") {
  SeededRandom random(17);
  std::size_t made = 0, none = 0;
  for (const int flags : {0, TJFLAG_PROGRESSIVE}) {
    const Bytes sound = quarters(160, 120, flags);
    for (int round = 0; round < 4'000; ++round) {
      Bytes damaged = sound;
      std::array<std::uint8_t, 8> chance{};
      random.fill(chance);
      damaged[(chance[0] * 256U + chance[1]) % damaged.size()] ^= static_cast<std::uint8_t>(1U << (chance[2] % 8));
      if (chance[3] % 2 == 0) damaged[(chance[4] * 256U + chance[5]) % damaged.size()] = chance[6];
      const Bytes small = make_thumbnail(damaged, chance[7] % 9);
      ++(small.empty() ? none : made);
      if (small.empty()) continue;
      const auto header = thumbnails::read_jpeg_header(small);
      REQUIRE(header);
      REQUIRE(header->width <= 512);
      REQUIRE(header->height <= 512);
    }
  }
  CHECK(made > 0);
  CHECK(none > 0);
}
