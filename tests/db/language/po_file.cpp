#include "tests/db/language/po_file.h"

#include <cctype>
#include <optional>
#include <sstream>

// Reads sources as text, on purpose without the compiler's help: what it finds is held against the catalogue.
namespace kuangxun::tests {
namespace {

bool is_word(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

// Literals at `at`, one or several beside each other; leaves `at` behind them. Nothing when there is none.
std::optional<std::string> literals_at(const std::string& text, std::size_t& at) {
  std::optional<std::string> found;
  for (;;) {
    std::size_t begin = at;
    while (begin < text.size() && std::isspace(static_cast<unsigned char>(text[begin])) != 0) ++begin;
    if (begin >= text.size() || text[begin] != '"') return found;
    std::size_t end = begin + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    found = found.value_or("") + text.substr(begin + 1, end - begin - 1);
    at = end + 1;
  }
}

// Behind the comma that ends the argument at `at`, or nothing when the call ends first.
std::optional<std::size_t> next_argument(const std::string& text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    const char character = text[at];
    if (character == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    } else if (character == '(' || character == '{' || character == '[') {
      ++depth;
    } else if (character == ')' || character == '}' || character == ']') {
      if (depth-- == 0) return std::nullopt;
    } else if (character == ',' && depth == 0) {
      return at + 1;
    }
  }
  return std::nullopt;
}

std::optional<PoEntry> message_at(const std::string& text, std::size_t at) {
  static const std::string with_context = "in_context(";
  std::size_t begin = at;
  while (begin < text.size() && std::isspace(static_cast<unsigned char>(text[begin])) != 0) ++begin;
  PoEntry entry;
  if (text.compare(begin, with_context.size(), with_context) == 0) {
    at = begin + with_context.size();
    const auto context = literals_at(text, at);
    if (!context) return std::nullopt;
    entry.context = *context;
    ++at;  // the comma
  }
  const auto english = literals_at(text, at);
  if (!english) return std::nullopt;
  entry.english = *english;
  return entry;
}

}  // namespace

std::vector<PoEntry> read_po(const std::string& text) {
  std::vector<PoEntry> entries;
  std::istringstream lines(text);
  std::string* current = nullptr;
  PoEntry entry;
  const auto finish = [&] {
    if (!entry.english.empty()) entries.push_back(entry);
    entry = {};
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) finish();
    const std::size_t quote = line.find('"');
    if (line.empty() || line.front() == '#' || quote == std::string::npos) continue;
    if (line.starts_with("msgctxt")) current = &entry.context;
    if (line.starts_with("msgid")) current = &entry.english;
    if (line.starts_with("msgstr")) current = &entry.words;
    if (current != nullptr) *current += line.substr(quote + 1, line.rfind('"') - quote - 1);
  }
  finish();
  return entries;
}

std::vector<MessageFunction> functions_with_messages(const std::string& source) {
  std::vector<MessageFunction> functions;
  const std::string type = "MessageId ";
  for (std::size_t at = source.find(type); at != std::string::npos; at = source.find(type, at + 1)) {
    // Back to the bracket that opens the parameters, counting those before ours.
    std::size_t open = at;
    std::size_t before = 0;
    while (open > 0 && source[open] != '(' && source[open] != ';' && source[open] != '{') {
      if (source[open] == ',') ++before;
      --open;
    }
    if (source[open] != '(') continue;
    std::size_t end = open;
    // A lambda's name stands before its capture: `const auto told = [&](MessageId id)`.
    if (end > 0 && source[end - 1] == ']') {
      end = source.rfind('=', end);
      while (end > 0 && source[end - 1] == ' ') --end;
    }
    std::size_t begin = end;
    while (begin > 0 && is_word(source[begin - 1])) --begin;
    if (begin != end) functions.push_back({source.substr(begin, end - begin), before});
  }
  return functions;
}

std::vector<PoEntry> messages_in(const std::string& source, const std::vector<MessageFunction>& functions) {
  std::vector<PoEntry> found;
  for (const MessageFunction& function : functions) {
    const std::string call = function.name + "(";
    for (std::size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
      if (at > 0 && is_word(source[at - 1])) continue;
      std::optional<std::size_t> argument = at + call.size();
      for (std::size_t i = 0; i < function.position && argument; ++i) argument = next_argument(source, *argument);
      if (!argument) continue;
      if (auto message = message_at(source, *argument)) found.push_back(std::move(*message));
    }
  }
  return found;
}

}  // namespace kuangxun::tests
