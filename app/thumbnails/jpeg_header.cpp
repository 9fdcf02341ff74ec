#include "app/thumbnails/jpeg_header.h"

namespace kuangxun::thumbnails {
namespace {

// ITU-T T.81, table B.1.
constexpr std::uint8_t start_of_image = 0xD8, end_of_image = 0xD9, start_of_scan = 0xDA;
constexpr std::uint8_t first_frame = 0xC0, progressive_frame = 0xC2, last_frame = 0xCF;
constexpr std::uint8_t huffman_tables = 0xC4, reserved = 0xC8, arithmetic_tables = 0xCC;

bool begins_frame(std::uint8_t mark) {
  return first_frame <= mark && mark <= last_frame && mark != huffman_tables && mark != reserved &&
         mark != arithmetic_tables;
}

std::uint32_t word_at(ByteView bytes, std::size_t at) {
  return (std::uint32_t{bytes[at]} << 8) | bytes[at + 1];
}

}  // namespace

std::optional<JpegHeader> read_jpeg_header(ByteView picture) {
  if (picture.size() < 4 || picture[0] != 0xFF || picture[1] != start_of_image) return std::nullopt;
  JpegHeader header;
  bool is_progressive = false;
  std::size_t at = 2;
  while (at + 4 <= picture.size()) {
    if (picture[at] != 0xFF) return std::nullopt;
    const std::uint8_t mark = picture[at + 1];
    if (mark == 0xFF) {  // fill
      ++at;
      continue;
    }
    if (mark == start_of_image || mark == end_of_image) return std::nullopt;
    const std::size_t length = word_at(picture, at + 2);
    if (length < 2 || at + 2 + length > picture.size()) return std::nullopt;
    if (begins_frame(mark)) {
      constexpr std::size_t shortest_frame = 8;
      if (length < shortest_frame || header.components != 0) return std::nullopt;
      header.height = word_at(picture, at + 5);
      header.width = word_at(picture, at + 7);
      header.components = picture[at + 9];
      is_progressive = mark == progressive_frame;
    }
    if (mark == start_of_scan) {
      if (header.components == 0 || length < 3) return std::nullopt;
      header.is_held_whole = is_progressive || picture[at + 4] < header.components;
      return header;
    }
    at += 2 + length;
  }
  return std::nullopt;
}

}  // namespace kuangxun::thumbnails
