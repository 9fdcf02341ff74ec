#include "tests/structure/cmake_text.h"

#include <algorithm>
#include <cctype>

namespace kuangxun::structure {
namespace {

bool is_keyword(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](unsigned char letter) { return std::isupper(letter) || letter == '_'; });
}

bool is_space(char letter) {
  return std::isspace(static_cast<unsigned char>(letter)) != 0;
}

// Walks the text once; `word_` is what has been read since the last separator.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<CMakeCall> read() {
    while (at_ < text_.size()) step();
    return std::move(calls_);
  }

 private:
  void step() {
    const char letter = text_[at_];
    if (letter == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    if (letter == '"') {
      read_quoted();
      return;
    }
    ++at_;
    if (letter == '(' && depth_++ == 0) {
      calls_.push_back({word_, {}});
      word_.clear();
    } else if (letter == ')') {
      end_word();
      --depth_;
    } else if (is_space(letter)) {
      if (depth_ > 0) end_word();
    } else {
      word_ += letter;
    }
  }

  void read_quoted() {
    const std::size_t end = std::min(text_.find('"', at_ + 1), text_.size());
    word_ += text_.substr(at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, text_.size());
  }

  void end_word() {
    if (!word_.empty() && !calls_.empty()) calls_.back().arguments.push_back(word_);
    word_.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string word_;
  std::vector<CMakeCall> calls_;
};

}  // namespace

std::vector<std::string> CMakeCall::after(std::string_view keyword) const {
  std::vector<std::string> words;
  auto word = std::find(arguments.begin(), arguments.end(), keyword);
  if (word == arguments.end()) return words;
  for (++word; word != arguments.end() && !is_keyword(*word); ++word) words.push_back(*word);
  return words;
}

std::vector<CMakeCall> parse_cmake(std::string_view text) {
  return Reader(text).read();
}

}  // namespace kuangxun::structure
