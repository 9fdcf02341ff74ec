#include "tests/structure/declarations.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

bool is_letter(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) || character == '_';
}

bool is_space(char character) {
  return std::isspace(static_cast<unsigned char>(character));
}

// Without what stands in <…> after a name or `template`, and in [[…]]: their parentheses declare nothing.
std::string without_brackets(std::string_view head) {
  std::string kept;
  int depth = 0;
  for (std::size_t at = 0; at < head.size(); ++at) {
    const char letter = head[at];
    const bool opens =
        letter == '<' && (depth > 0 || (!kept.empty() && is_letter(kept.back())) || kept.ends_with("template "));
    const bool closes = letter == '>' && depth > 0 && head[at - 1] != '-';
    if (opens) ++depth;
    if (depth == 0) kept += letter;
    if (closes) --depth;
  }
  for (std::size_t begin = kept.find("[["); begin != std::string::npos; begin = kept.find("[[")) {
    kept.erase(begin, std::min(kept.find("]]", begin), kept.size() - 2) + 2 - begin);
  }
  return kept;
}

std::string first_word(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && is_space(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_letter(text[end])) ++end;
  return std::string(text.substr(begin, end - begin));
}

std::string after_word(std::string_view text, std::string_view word) {
  return std::string(text.substr(text.find(word) + word.size()));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// `private:`, `template`, `inline` from the front of a head.
std::string without_prefixes(std::string head) {
  for (std::string word = first_word(head);; word = first_word(head)) {
    if (is_one_of(word, {"public", "private", "protected"})) {
      head = after_word(head, ":");
    } else if (is_one_of(word, {"template", "inline", "export"})) {
      head = after_word(head, word);
    } else {
      return head;
    }
  }
}

// The name in `class a::Name final : public Other`, after the word that says what it is; empty when there is none.
std::string type_name(std::string head) {
  if (first_word(head) == "enum") head = after_word(head, "enum");
  if (is_one_of(first_word(head), {"class", "struct", "union"})) head = after_word(head, first_word(head));
  std::string name = first_word(head);
  for (std::string rest = after_word(head, name); rest.starts_with("::"); rest = after_word(rest, name)) {
    rest = rest.substr(2);
    name = first_word(rest);
  }
  return name;
}

// The identifier that ends before `end`, with where it begins.
std::string identifier_before(const std::string& head, std::size_t end, std::size_t& begin) {
  while (end > 0 && is_space(head[end - 1])) --end;
  begin = end;
  while (begin > 0 && is_letter(head[begin - 1])) --begin;
  return head.substr(begin, end - begin);
}

class DeclarationFinder {
 public:
  explicit DeclarationFinder(std::string text) : text_(std::move(text)) {}

  std::vector<Declaration> find() {
    for (const char letter : text_) step(letter);
    return std::move(found_);
  }

 private:
  enum class Scope { in_namespace, in_class, other };
  struct Open {
    Scope scope;
    std::string class_name;
    std::string head;  // what goes on after the closing brace: `int a{1};`
    bool is_function;
  };

  bool is_among_declarations() const { return open_.empty() || open_.back().scope != Scope::other; }
  std::string class_here() const { return open_.empty() ? "" : open_.back().class_name; }

  void step(char letter) {
    if (letter == '\n') ++line_;
    if (letter == '{') {
      open();
    } else if (letter == '}') {
      close();
    } else if (letter == ';') {
      if (is_among_declarations() && parentheses_ == 0) declare(head_);
      head_.clear();
      after_function_ = false;
    } else if (!head_.empty() || !is_space(letter)) {
      if (letter == '(') ++parentheses_;
      if (letter == ')' && parentheses_ > 0) --parentheses_;
      head_ += letter == '\n' ? ' ' : letter;
    }
  }

  void open() {
    Open opened{Scope::other, "", "", false};
    const std::string head = without_prefixes(without_brackets(head_));
    const std::string word = first_word(head);
    // The rest of a constructor after a braced member: `: a_{1}, b_{2} {`.
    const bool is_rest = after_function_ && (head.empty() || head[0] == ',');
    if (is_rest) {
      opened.is_function = true;
    } else if (parentheses_ > 0 || !is_among_declarations()) {
      opened.head = head_ + "{}";
    } else if (word == "namespace" || (word == "extern" && head.find_first_of("(=") == std::string::npos)) {
      opened.scope = Scope::in_namespace;
    } else if (is_type(word) && head.find_first_of("(=") == std::string::npos) {
      add(DeclarationKind::type, type_name(head));
      if (word != "enum") opened = {Scope::in_class, type_name(head), "", false};
    } else {
      opened.is_function = declare_function(head_, head);
      if (!opened.is_function) opened.head = head_ + "{}";
    }
    opened_parentheses_.push_back(parentheses_);
    parentheses_ = 0;
    open_.push_back(std::move(opened));
    head_.clear();
    after_function_ = false;
  }

  void close() {
    head_.clear();
    if (open_.empty()) return;
    after_function_ = open_.back().is_function;
    head_ = open_.back().head;
    parentheses_ = opened_parentheses_.back();
    opened_parentheses_.pop_back();
    open_.pop_back();
  }

  static bool is_type(std::string_view word) { return is_one_of(word, {"class", "struct", "union", "enum"}); }

  void add(DeclarationKind kind, const std::string& name) {
    if (!name.empty()) found_.push_back({kind, name, class_here(), line_, !class_here().empty()});
  }

  // What a head that ends with a semicolon declares.
  void declare(const std::string& full) {
    const std::string head = without_prefixes(without_brackets(full));
    const std::string word = first_word(head);
    if (is_one_of(word, {"friend", "typedef", "static_assert", "namespace", "return"})) return;
    const std::size_t value = std::min(head.find_first_of("={"), head.size());
    const bool is_function = head.find('(') < value;
    if (word == "using") {
      if (value < head.size()) add(DeclarationKind::type, first_word(after_word(head, word)));
    } else if (is_function) {
      declare_function(full, head);
    } else if (is_type(word)) {
      add(DeclarationKind::forward, type_name(head));
    } else if (head.find("constexpr ") != std::string::npos) {
      std::size_t begin = 0;
      add(DeclarationKind::constant, identifier_before(head, std::min(head.find('['), value), begin));
    }
  }

  // `Class::name(` or `name(`; false when the head has no parameter list.
  bool declare_function(const std::string& full, const std::string& head) {
    const bool is_nameless = is_one_of(first_word(head), {"friend", "typedef", "static_assert", "using"}) ||
                             head.find("operator") != std::string::npos;
    if (is_nameless) return head.find('(') != std::string::npos;
    for (std::size_t at = head.find('('); at != std::string::npos; at = head.find('(', at + 1)) {
      if (head.substr(0, at).find('=') != std::string::npos) return false;
      std::size_t begin = 0;
      const std::string name = identifier_before(head, at, begin);
      // Not a parameter list.
      if (is_one_of(name, {"explicit", "noexcept", "decltype", "alignas", "requires", ""})) continue;
      Declaration declared{DeclarationKind::function, name, class_here(), line_, !class_here().empty()};
      if (begin > 0 && head[begin - 1] == '~') --begin;
      if (begin >= 2 && head[begin - 1] == ':' && head[begin - 2] == ':') {
        declared.class_name = identifier_before(head, begin - 2, begin);
        declared.is_inside_class = false;
      }
      const std::string after = head.substr(std::min(head.rfind(')'), head.size() - 1) + 1);
      declared.is_override = after.find("override") != std::string::npos || after.find("final") != std::string::npos;
      declared.is_generated = full.ends_with("= default") || full.ends_with("= delete");
      found_.push_back(std::move(declared));
      return true;
    }
    return false;
  }

  std::string text_;
  std::string head_;
  std::size_t line_ = 1;
  int parentheses_ = 0;
  bool after_function_ = false;
  std::vector<Open> open_;
  std::vector<int> opened_parentheses_;
  std::vector<Declaration> found_;
};

}  // namespace

std::vector<Declaration> find_declarations(std::string_view text) {
  return DeclarationFinder(without_preprocessor(without_comments_and_strings(text))).find();
}

std::vector<std::string> find_identifiers(std::string_view text) {
  std::vector<std::string> found;
  for (const std::string& line : split_lines(without_comments_and_strings(text))) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos && line.compare(first, 8, "#include") == 0) continue;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = at;
      while (end < line.size() && is_letter(line[end])) ++end;
      if (end > at && !std::isdigit(static_cast<unsigned char>(line[at]))) found.push_back(line.substr(at, end - at));
      at = std::max(end, at + 1);
    }
  }
  return found;
}

}  // namespace kuangxun::structure
