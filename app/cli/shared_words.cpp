#include "app/cli/shared_words.h"

#include "db/language/language.h"

namespace kuangxun::cli {

Word& take_record(WordList& words, std::string& id_or_name) {
  return words.argument("ID", id_or_name, say_text("an id, or the exact name of a place"));
}

Word& take_place(WordList& words, std::string& place) {
  return words.argument("PLACE", place, say_text("id or exact name of a place"));
}

Word& take_position(WordList& words, std::string& position) {
  return words.argument("POSITION", position,
                        say_text("degrees or X and Y, as \"43.1 81.8\" or \"X=4774139.931 Y=27565127.031\""));
}

Word& take_meridian(WordList& words, std::string& meridian) {
  return words.option("--meridian", "DEG", meridian, say_text("central meridian, for eastings without zone"));
}

Word& take_visit(WordList& words, std::string& visit) {
  return words.option("--visit", "ID", visit, say_text("the visit it belongs to")).required();
}

Word& take_seconds(WordList& words, std::int64_t& seconds) {
  constexpr std::int64_t seconds_max = 1'000'000;
  return words.option("--seconds", "N", seconds, say_text("stop after so many seconds")).within(0, seconds_max);
}

Word& take_day_of_rules(WordList& words, std::string& on) {
  return words.option("--on", "DATE", on, say_text("as of this day (today)"));
}

Word& take_day_done(WordList& words, std::string& on) {
  return words.option("--on", "DATE", on, say_text("the day (today)"));
}

Word& take_by(WordList& words, std::string& by) {
  return words.option("--by", "NAME", by, say_text("by whom (who acts)"));
}

Word& take_mine(WordList& words, std::string& mine) {
  return words.argument("MINE", mine, say_text("id or exact name of a mining right"));
}

Word& take_assessment(WordList& words, std::string& assessment) {
  return words.argument("ID", assessment,
                        say_text("id of an assessment, or id or exact name of a mining right (its newest)"));
}

void take_area_words(WordList& words, std::string& visit, std::string& kind, std::string& label) {
  take_visit(words, visit);
  words
      .option("--kind", "KIND", kind,
              say_text("extraction-area, waste-dump, tailings, industrial-site, road or restoration-area"))
      .required();
  words.option("--label", "TEXT", label, say_text("a name"));
}

}  // namespace kuangxun::cli
