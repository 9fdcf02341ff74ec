#include "tests/structure/source_text.h"

#include <algorithm>
#include <cctype>
#include <regex>

namespace kuangxun::structure {
namespace {

// Blanks out one thing at a time: what begins at `at` is replaced by spaces up to its end.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    std::size_t at = 0;
    while (at < text_.size()) at = step(at);
    return std::move(text_);
  }

 private:
  std::size_t step(std::size_t at) {
    if (text_.compare(at, 2, "//") == 0) return blank(at, find("\n", at));
    if (text_.compare(at, 2, "/*") == 0) return blank(at, find("*/", at + 2) + 2);
    if (text_[at] == '"' && at > 0 && text_[at - 1] == 'R') return blank(at, raw_string_end(at));
    if (text_[at] == '"') return blank(at, quoted_end(at));
    // 1'000'000 is a number, not a character.
    const bool after_digit = at > 0 && std::isalnum(static_cast<unsigned char>(text_[at - 1]));
    if (text_[at] == '\'' && !after_digit) return blank(at, quoted_end(at));
    return at + 1;
  }

  std::size_t find(std::string_view what, std::size_t from) const {
    return std::min(text_.find(what, from), text_.size());
  }

  std::size_t quoted_end(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < text_.size() && text_[end] != text_[at] && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    return end + 1;
  }

  std::size_t raw_string_end(std::size_t at) const {
    const std::size_t open = find("(", at);
    const std::string close = ")" + text_.substr(at + 1, open - at - 1) + "\"";
    return find(close, open) + close.size();
  }

  std::size_t blank(std::size_t from, std::size_t to) {
    to = std::min(to, text_.size());
    for (std::size_t at = from; at < to; ++at) {
      if (text_[at] != '\n') text_[at] = ' ';
    }
    return to;
  }

  std::string text_;
};

enum class Scope { container, function, other };

bool is_container(const std::string& head) {
  static const std::regex word(
      R"(^\s*(inline\s+|export\s+|template\s*<.*>\s*)*(namespace|class|struct|union|enum|extern)\b)");
  return std::regex_search(head, word) && head.find('=') == std::string::npos;
}

class FunctionFinder {
 public:
  explicit FunctionFinder(std::string text) : text_(std::move(text)) {}

  std::vector<FunctionExtent> find() {
    for (const char letter : text_) step(letter);
    return std::move(found_);
  }

 private:
  struct Open {
    Scope scope;
    std::size_t first_line;
  };

  void step(char letter) {
    if (letter == '{') {
      open_.push_back({scope_of_head(), head_.empty() ? line_ : head_line_});
      head_.clear();
      after_brace_ = false;
    } else if (letter == '}') {
      close();
    } else if (letter == ';') {
      head_.clear();
      after_brace_ = false;
    } else if (!head_.empty() || !std::isspace(static_cast<unsigned char>(letter))) {
      if (head_.empty()) head_line_ = line_;
      head_ += letter == '\n' ? ' ' : letter;
    }
    if (letter == '\n') ++line_;
  }

  Scope scope_of_head() const {
    if (!open_.empty() && open_.back().scope != Scope::container) return Scope::other;
    if (is_container(head_)) return Scope::container;
    // `: a_{1}, b_(2) {`: after a braced member, the rest of the constructor.
    const bool rest_of_constructor = after_brace_ && (head_.empty() || head_[0] == ',');
    const bool has_parameters = head_.find(')') != std::string::npos;
    return has_parameters || rest_of_constructor ? Scope::function : Scope::other;
  }

  void close() {
    if (!open_.empty()) {
      if (open_.back().scope == Scope::function) found_.push_back({open_.back().first_line, line_});
      after_brace_ = open_.back().scope == Scope::function;
      open_.pop_back();
    }
    head_.clear();
  }

  std::string text_;
  std::string head_;
  std::size_t head_line_ = 1;
  std::size_t line_ = 1;
  bool after_brace_ = false;
  std::vector<Open> open_;
  std::vector<FunctionExtent> found_;
};

}  // namespace

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string without_comments_and_strings(std::string_view text) {
  return Blanker(text).run();
}

std::string without_preprocessor(std::string text) {
  std::size_t line = 0;
  while (line < text.size()) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::size_t first = std::min(text.find_first_not_of(" \t", line), end);
    const bool directive = first < end && text[first] == '#';
    const bool continued = directive && end > line && text[end - 1] == '\\';
    if (directive) std::fill(text.begin() + static_cast<long>(line), text.begin() + static_cast<long>(end), ' ');
    line = end + 1;
    // A continued directive: the next line is one too.
    if (continued && line < text.size()) text[line] = '#';
  }
  return text;
}

std::vector<FunctionExtent> find_functions(std::string_view text) {
  return FunctionFinder(without_preprocessor(without_comments_and_strings(text))).find();
}

}  // namespace kuangxun::structure
