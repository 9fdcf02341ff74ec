#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "db/base/bytes.h"

// The smallest JPEG that carries EXIF, byte by byte after the standard (CIPA DC-008): no picture is in it.
namespace kuangxun::tests {

struct PictureFacts {
  std::string taken;   // "2026:09:24 10:11:12"; empty: not said
  std::string offset;  // "+08:00"
  // Degrees, minutes, hundredths of seconds; north and east.
  std::vector<std::uint32_t> latitude = {};
  std::vector<std::uint32_t> longitude = {};
  std::uint16_t orientation = 0;  // 0: not said
};

class ExifWriter {
 public:
  Bytes jpeg(const PictureFacts& facts) {
    // Header of TIFF, IFD0 with the places of the two others, then those, then what is too long for them.
    const bool has_position = !facts.latitude.empty();
    std::vector<Entry> exif, gps;
    if (!facts.taken.empty()) exif.push_back({0x9003, 2, text(facts.taken)});
    if (!facts.offset.empty()) exif.push_back({0x9011, 2, text(facts.offset)});
    if (has_position) {
      gps = {{1, 2, text("N")}, {2, 5, angle(facts.latitude)}, {3, 2, text("E")}, {4, 5, angle(facts.longitude)}};
    }
    const std::size_t folders = has_position ? 2 : 1;
    const std::uint32_t first = 8, exif_at = first + size_of(folders + (facts.orientation != 0 ? 1 : 0));
    const std::uint32_t gps_at = exif_at + size_of(exif.size());
    tail_at_ = gps_at + size_of(gps.size());
    Bytes tiff = {'I', 'I', 42, 0, 8, 0, 0, 0};
    std::vector<Entry> root;
    if (facts.orientation != 0) root.push_back({0x0112, 3, short_number(facts.orientation)});
    root.push_back({0x8769, 4, number(exif_at)});
    if (has_position) root.push_back({0x8825, 4, number(gps_at)});
    for (const auto* folder : {&root, &exif, &gps}) write(tiff, *folder);
    tiff.insert(tiff.end(), tail_.begin(), tail_.end());
    Bytes out = {0xFF, 0xD8, 0xFF, 0xE1};
    const std::size_t length = tiff.size() + 8;
    out.push_back(static_cast<std::uint8_t>(length >> 8));
    out.push_back(static_cast<std::uint8_t>(length));
    for (const char c : std::string("Exif")) out.push_back(static_cast<std::uint8_t>(c));
    out.insert(out.end(), {0, 0});
    out.insert(out.end(), tiff.begin(), tiff.end());
    out.insert(out.end(), {0xFF, 0xD9});
    return out;
  }

 private:
  struct Entry {
    std::uint16_t tag;
    std::uint16_t type;
    Bytes value;
  };
  static std::uint32_t size_of(std::size_t entries) { return static_cast<std::uint32_t>(2 + 12 * entries + 4); }
  static Bytes short_number(std::uint16_t value) {
    return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)};
  }
  static Bytes number(std::uint32_t value) {
    Bytes bytes;
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    return bytes;
  }
  static Bytes text(const std::string& words) {
    Bytes bytes(words.begin(), words.end());
    bytes.push_back(0);
    return bytes;
  }
  static Bytes angle(const std::vector<std::uint32_t>& parts) {
    Bytes bytes;
    for (std::size_t i = 0; i < 3; ++i) {
      for (const std::uint32_t value : {parts[i], i == 2 ? 100U : 1U}) {
        const Bytes four = number(value);
        bytes.insert(bytes.end(), four.begin(), four.end());
      }
    }
    return bytes;
  }
  void write(Bytes& tiff, const std::vector<Entry>& entries) {
    const auto put = [&](std::uint32_t value, int bytes) {
      for (int i = 0; i < bytes; ++i) tiff.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    };
    put(static_cast<std::uint32_t>(entries.size()), 2);
    for (const Entry& entry : entries) {
      put(entry.tag, 2);
      put(entry.type, 2);
      const std::uint32_t unit = entry.type == 5 ? 8 : entry.type == 4 ? 4 : entry.type == 3 ? 2 : 1;
      put(static_cast<std::uint32_t>(entry.value.size()) / unit, 4);
      Bytes value = entry.value;
      if (value.size() > 4) {
        const auto at = tail_at_ + static_cast<std::uint32_t>(tail_.size());
        tail_.insert(tail_.end(), value.begin(), value.end());
        value = number(at);
      }
      value.resize(4);
      tiff.insert(tiff.end(), value.begin(), value.end());
    }
    put(0, 4);
  }

  std::uint32_t tail_at_ = 0;
  Bytes tail_;
};

inline Bytes jpeg_with_exif(const PictureFacts& facts) {
  return ExifWriter().jpeg(facts);
}

}  // namespace kuangxun::tests
