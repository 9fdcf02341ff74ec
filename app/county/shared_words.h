#pragma once

#include "app/command_line/words.h"
#include "db/base/uuid.h"

// Words that several commands take, told the same everywhere.
namespace kuangxun::county {

using command_line::Word;
using command_line::WordList;

Word& take_json(WordList& words, bool& is_json);                      // --json
Word& take_reason(WordList& words, std::string& reason);              // --reason, required
Word& take_epoch(WordList& words, std::uint32_t& epoch);              // --epoch; 0: not said
Word& take_device(WordList& words, std::string& device);              // ID
Word& take_role(WordList& words, std::string& role);                  // --role
Word& take_passphrase(WordList& words, std::filesystem::path& file);  // --passphrase-file, required

// usage when nothing is said.
Status check_reason(const std::string& reason);
// bad_input when it is no id.
Result<Uuid> id_of(const std::string& text);

}  // namespace kuangxun::county
