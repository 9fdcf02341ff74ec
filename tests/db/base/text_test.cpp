#include "db/base/text.h"

#include <doctest/doctest.h>

#include <cstdint>

namespace kuangxun {
namespace {

// RFC 3629 by construction: the one encoding that a code point has, or nothing for a surrogate.
std::string encoded(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (point >= 0xd800 && point <= 0xdfff) return {};
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xc0 | point >> 6), byte(0x80 | (point & 0x3f))};
  if (point < 0x10000)
    return {byte(0xe0 | point >> 12), byte(0x80 | ((point >> 6) & 0x3f)), byte(0x80 | (point & 0x3f))};
  return {byte(0xf0 | point >> 18), byte(0x80 | ((point >> 12) & 0x3f)), byte(0x80 | ((point >> 6) & 0x3f)),
          byte(0x80 | (point & 0x3f))};
}

}  // namespace

TEST_CASE("every code point but NUL and the surrogates is clean and comes back") {
  std::uint32_t clean = 0;
  for (std::uint32_t point = 1; point <= 0x10ffff; ++point) {
    const std::string text = encoded(point);
    if (text.empty()) continue;
    ++clean;
    if (!is_clean_utf8(text) || code_points(text) != std::u32string(1, static_cast<char32_t>(point))) FAIL(point);
  }
  CHECK(clean == 0x10ffff - 0x800);
}

// The Unicode standard's table 3-7, from the other side: of all sequences of two bytes, and of all leads with the first
// continuation byte, only those of the table begin a well-formed sequence.
TEST_CASE("only the sequences of the well-formedness table are clean") {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      CAPTURE(first);
      CAPTURE(second);
      const std::string begin = {static_cast<char>(first), static_cast<char>(second)};
      const bool continues = second >= 0x80 && second <= 0xbf;
      const bool ascii = first >= 1 && first < 0x80 && second >= 1 && second < 0x80;
      const bool two = first >= 0xc2 && first <= 0xdf && continues;
      CHECK(is_clean_utf8(begin) == (ascii || two));
      CHECK(is_clean_utf8(begin + "a") == (ascii || two));
      if (first < 0x80) continue;
      const bool three = continues && ((first == 0xe0 && second >= 0xa0) || (first >= 0xe1 && first <= 0xec) ||
                                       (first == 0xed && second <= 0x9f) || first == 0xee || first == 0xef);
      CHECK(is_clean_utf8(begin + "\x80") == three);
      const bool four = continues && ((first == 0xf0 && second >= 0x90) || (first >= 0xf1 && first <= 0xf3) ||
                                      (first == 0xf4 && second <= 0x8f));
      CHECK(is_clean_utf8(begin + "\x80\xbf") == four);
    }
  }
}

TEST_CASE("overlong forms, surrogates, cut sequences and NUL are not clean") {
  const std::string_view bad[] = {
      "\xc0\x80",
      "\xc1\xbf",
      "\xe0\x80\x80",
      "\xe0\x9f\xbf",
      "\xf0\x80\x80\x80",
      "\xf0\x8f\xbf\xbf",
      "\xed\xa0\x80",
      "\xed\xbf\xbf",
      "\xf4\x90\x80\x80",
      "\xf5\x80\x80\x80",
      "\xff",
      "\xfe",
      "\x80",
      "\xbf",
      "\xe7\x9f",
      "\xe7",
      "\xf0\x9f\x98",
      "矿\xe7",
      "\xed\xa0\xbd\xed\xb8\x80",
  };
  for (const std::string_view text : bad) CHECK(!is_clean_utf8(text));
  CHECK(!is_clean_utf8(std::string_view("a\0b", 3)));
  CHECK(!is_clean_utf8(std::string_view("\0", 1)));
  CHECK(is_clean_utf8(""));
  CHECK(is_clean_utf8("特克斯县 ئۇيغۇرچە 😀"));
}

TEST_CASE("text is counted and cut by code points") {
  CHECK(count_code_points("矿巡ab") == 4);
  CHECK(first_code_points("矿巡ab", 3) == "矿巡a");
  CHECK(first_code_points("矿巡", 9) == "矿巡");
  CHECK(first_code_points("矿巡", 0).empty());
  CHECK(first_code_points("\xff\xff矿", 3) == "\xff\xff矿");
}

TEST_CASE("an excerpt for a message is one clean line") {
  CHECK(excerpt("矿巡abc", 3) == "矿巡a");
  CHECK(excerpt("a\nb\x1b[2J\x7f", 10) == "a\uFFFDb\uFFFD[2J\uFFFD");
  CHECK(excerpt("\xe7\x9f"
                "a\xc2\x85",
                10) == "\uFFFD\uFFFDa\uFFFD");
  CHECK(excerpt(std::string_view("a\0", 2), 10) == "a\uFFFD");
  CHECK(is_clean_utf8(excerpt(std::string(1000, '\xff'), 40)));
  CHECK(count_code_points(excerpt(std::string(1000, '\xff'), 40)) == 40);
}

TEST_CASE("split and join are each other's inverse, empty parts included") {
  for (const char* text : {"", "a", ",", ",a", "a,", "a,b", ",,", "a,,b", ",a,,b,"}) {
    CAPTURE(text);
    std::vector<std::string> parts;
    for (const std::string_view part : split(text, ',')) parts.emplace_back(part);
    CHECK(join(parts, ",") == text);
  }
  CHECK(split("a,b,,c", ',').size() == 4);
  CHECK(join({}, ",").empty());
  CHECK(join({"", "a"}, "; ") == "; a");
}

TEST_CASE("small text helpers") {
  CHECK(trim(" \t矿 巡\r\n") == "矿 巡");
  CHECK(trim(" \n ").empty());
  CHECK(replace_all("a-b-c", "-", "_") == "a_b_c");
  CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
  CHECK(replace_all("abc", "x", "y") == "abc");
  CHECK(lower_ascii("AbZ矿Ä") == "abz矿Ä");
}

}  // namespace kuangxun
