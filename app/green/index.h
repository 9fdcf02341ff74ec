#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "db/base/calendar.h"
#include "db/base/csv.h"
#include "db/base/result.h"

// What is known of the indexes that green mines are assessed by, from assets/green. What was not found there is absent
// here too: no count, no line, no verdict is made up.
namespace kuangxun::green {

// Marks are hundredths of a mark.
constexpr int marks_scale = 2;
std::string format_marks(std::int64_t marks);

struct FirstLevel {
  int number = 0;
  std::string chinese;
  std::string english;
  std::optional<std::int64_t> full_marks;
  std::optional<std::int64_t> second_levels;
  std::optional<std::int64_t> items;
  bool is_verified = false;               // the Chinese name is the text's own
  std::vector<std::string> second_names;  // empty: not known
};

// One question of a precondition; a precondition may have several.
struct Precondition {
  int number = 0;
  std::string part;  // "a"
  std::string fact;  // of assets/criteria/facts.csv; also the item of the record
  bool is_figure = false;
  std::string text_chinese;  // of the whole precondition; with its first part only
  std::string text_english;
  std::string question_chinese;
  std::string question_english;
  std::string where_chinese;
  std::string where_english;
  std::string code() const { return "P" + std::to_string(number) + part; }
};

struct Index {
  std::string id;
  std::int64_t level = 0;  // records::green_level
  std::string title_chinese;
  std::string title_english;
  std::string document_chinese;
  std::string document_english;
  // In force from a day between the two, to a day between the two; what is absent is not known.
  std::optional<Day> from_earliest, from_latest, to_earliest, to_latest;
  std::optional<std::int64_t> first_level_count, second_level_count, item_count;
  std::optional<std::int64_t> marks_total;
  std::optional<std::int64_t> pass_total;
  std::optional<std::int64_t> floor_percent;  // hundredths
  bool is_line_verified = false;
  std::string line_note_chinese, line_note_english;
  std::string notes_chinese, notes_english;
  std::vector<FirstLevel> first_levels;
  std::vector<Precondition> preconditions;
  bool has_own_preconditions = false;  // else they are those of another index, for want of its own

  std::string title() const;
  std::string document() const;
  std::string line_note() const;
  std::string notes() const;
  // Whether it may have been in force on that day, and whether that is certain.
  bool may_be_in_force(Day on) const;
  bool is_surely_in_force(Day on) const;
  const Precondition* find_precondition(std::string_view code_or_fact) const;
};

class Library {
 public:
  // From the program's assets: green/indexes.csv, first-levels.csv, preconditions.csv.
  static Result<Library> load(const std::filesystem::path& assets);
  const std::vector<Index>& indexes() const { return indexes_; }
  const Index* find(std::string_view id) const;
  // bad_input that lists the known ones.
  Result<const Index*> require(std::string_view id) const;
  // The index of a level in force on a day. bad_input when none was, or when two may have been: then a person names it.
  Result<const Index*> in_force(std::int64_t level, Day on) const;

 private:
  std::vector<Index> indexes_;
};

}  // namespace kuangxun::green
