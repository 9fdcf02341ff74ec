#pragma once

#include <doctest/doctest.h>
#include <turbojpeg.h>

#include <span>

#include "tests/support/jpeg_with_exif.h"

namespace kuangxun::tests {

// A JPEG of these pixels, three bytes each; `flags` are libjpeg-turbo's.
inline Bytes real_jpeg(int width, int height, std::span<const std::uint8_t> pixels, int flags = 0) {
  tjhandle handle = tjInitCompress();
  unsigned char* written = nullptr;
  unsigned long size = 0;
  REQUIRE(tjCompress2(handle, pixels.data(), width, 0, height, TJPF_RGB, &written, &size, TJSAMP_444, 95, flags) == 0);
  Bytes bytes(written, written + size);
  tjFree(written);
  tjDestroy(handle);
  return bytes;
}

// A picture with the EXIF of such facts before it.
inline Bytes with_exif(const PictureFacts& facts, const Bytes& picture) {
  Bytes whole = jpeg_with_exif(facts);
  whole.resize(whole.size() - 2);                                 // without its end mark
  whole.insert(whole.end(), picture.begin() + 2, picture.end());  // without its start mark
  return whole;
}

}  // namespace kuangxun::tests
