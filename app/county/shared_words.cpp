#include "app/county/shared_words.h"

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::county {

Word& take_json(WordList& words, bool& is_json) {
  return words.flag("--json", is_json, say_text("print JSON"));
}

Word& take_reason(WordList& words, std::string& reason) {
  return words.option("--reason", "TEXT", reason, say_text(in_context("cli", "why"))).required();
}

Word& take_epoch(WordList& words, std::uint32_t& epoch) {
  return words.option("--epoch", "N", epoch, say_text("epoch of the laptop (1)"));
}

Word& take_device(WordList& words, std::string& device) {
  return words.argument("ID", device, say_text("id of the laptop"));
}

Word& take_role(WordList& words, std::string& role) {
  return words.option("--role", "ROLE", role, say_text("officer (default), reviewer or administrator"));
}

Word& take_passphrase(WordList& words, std::filesystem::path& file) {
  return words.option("--passphrase-file", "FILE", file, say_text("a file that holds the passphrase")).required();
}

Status check_reason(const std::string& reason) {
  if (!trim(reason).empty()) return {};
  return Error(ErrorCode::usage, phrase("say why with --reason"));
}

Result<Uuid> id_of(const std::string& text) {
  const auto id = parse_uuid(text);
  if (id.ok()) return id;
  return Error(ErrorCode::bad_input, phrase("\"{0}\" is not an id", {excerpt(text, 80)}));
}

}  // namespace kuangxun::county
