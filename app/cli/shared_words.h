#pragma once

#include "app/command_line/words.h"

// Words that several commands take, told the same everywhere.
namespace kuangxun::cli {

using command_line::Word;
using command_line::WordList;

Word& take_record(WordList& words, std::string& id_or_name);      // ID
Word& take_place(WordList& words, std::string& place);            // PLACE
Word& take_position(WordList& words, std::string& position);      // POSITION
Word& take_meridian(WordList& words, std::string& meridian);      // --meridian
Word& take_visit(WordList& words, std::string& visit);            // --visit, required
Word& take_seconds(WordList& words, std::int64_t& seconds);       // --seconds; 0: without end
Word& take_day_of_rules(WordList& words, std::string& on);        // --on
Word& take_day_done(WordList& words, std::string& on);            // --on
Word& take_by(WordList& words, std::string& by);                  // --by
Word& take_mine(WordList& words, std::string& mine);              // MINE
Word& take_assessment(WordList& words, std::string& assessment);  // ID of a green-mine assessment
void take_area_words(WordList& words, std::string& visit, std::string& kind, std::string& label);

}  // namespace kuangxun::cli
