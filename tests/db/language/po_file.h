#pragma once

#include <string>
#include <vector>

namespace kuangxun::tests {

// An entry of a .po file; empty context for none. Escapes as the file has them.
struct PoEntry {
  std::string context;
  std::string english;
  std::string words;
};
// The entries in their order, without the head.
std::vector<PoEntry> read_po(const std::string& text);

// What a source says: the ids of messages that its calls name. `functions` are those that take a message, with the
// position of that argument.
struct MessageFunction {
  std::string name;
  std::size_t position = 0;
};
std::vector<MessageFunction> functions_with_messages(const std::string& source);
std::vector<PoEntry> messages_in(const std::string& source, const std::vector<MessageFunction>& functions);

}  // namespace kuangxun::tests
