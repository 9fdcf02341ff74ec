#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

#include "db/base/files.h"

// What another program (poppler-utils) reads in a PDF of ours.
namespace kuangxun::tests {

// Standard output of a command; a command that fails gives the empty text.
inline std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string output;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, got);
  return pclose(pipe) == 0 ? output : std::string();
}

inline int count_of(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// A PDF in a file, asked by pdftotext, pdfinfo and pdffonts.
class PdfFile {
 public:
  PdfFile(const std::filesystem::path& path, ByteView bytes) : path_(path.string()) {
    written_ = write_file_durably(path, bytes).ok();
  }
  bool written() const { return written_; }
  // In the order in which it was drawn; `page` 0 is all pages.
  std::string text(int page = 0) const {
    const std::string range = page == 0 ? "" : "-f " + std::to_string(page) + " -l " + std::to_string(page) + " ";
    return output_of("pdftotext -raw " + range + "'" + path_ + "' -");
  }
  // The same without line breaks and spaces, for words that a column wraps.
  std::string unbroken_text(int page = 0) const {
    std::string all;
    for (char character : text(page)) {
      if (character != '\n' && character != ' ' && character != '\f') all += character;
    }
    return all;
  }
  std::string info() const { return output_of("pdfinfo '" + path_ + "'"); }
  std::string fonts() const { return output_of("pdffonts '" + path_ + "'"); }
  // Glyphs drawn on the first page.
  int glyphs() const { return count_of(output_of("pdftocairo -svg -f 1 -l 1 '" + path_ + "' -"), "<use "); }
  std::string images() const { return output_of("pdfimages -list '" + path_ + "'"); }

 private:
  std::string path_;
  bool written_ = false;
};

}  // namespace kuangxun::tests
