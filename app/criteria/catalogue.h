#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/criteria/checklist.h"
#include "app/criteria/rule.h"

namespace kuangxun::criteria {

// What is wrong in the catalogue, for whoever edits it in a spreadsheet.
struct LintFinding {
  std::string file;
  std::size_t line = 1;       // of the row
  std::size_t column = 1;     // of the table
  std::size_t character = 0;  // in the cell; 0 when the cell as a whole is wrong
  std::string message;
  std::string text() const;  // "FILE line 3, column 7, character 12: ..."
};

// The fact that a checklist answer gives.
struct AnswerFeed {
  std::size_t fact = 0;
  AnswerKind answer = AnswerKind::question;  // as the item asks: yes or no, a figure, a choice
  bool yes_means = true;
  Bilingual unit;  // of a figure
};

// Rules, the facts they ask for and the checklists that feed them. Both languages are kept, so one catalogue serves
// both.
class Catalogue {
 public:
  static constexpr std::string_view default_id = "tekes-plan-2021-2025";

  // From the program's assets: criteria/ID.csv, criteria/facts.csv and checklists/. An `id` with anything but
  // lower-case letters, digits and hyphens is bad_input. Any lint finding makes it bad_input; the message shows the
  // first.
  static Result<Catalogue> load(const std::filesystem::path& assets, std::string_view id = default_id);
  // From texts; `name` stands for the file in messages.
  static Result<Catalogue> parse(std::string_view rules_csv, std::string_view facts_csv, std::string name = "rules.csv",
                                 std::vector<Checklist> checklists = {});

  const std::string& id() const { return id_; }
  // All versions of all rules, in the order of the file.
  const std::vector<Rule>& rules() const { return rules_; }
  // Of each rule the version in force on that day; else the last before it; else the first to come.
  std::vector<const Rule*> rules_on(Day on) const;
  const FactDictionary& facts() const { return facts_; }
  const std::vector<Checklist>& checklists() const { return checklists_; }
  // By checklist and item.
  const AnswerFeed* feed_of(std::string_view checklist, std::string_view item) const;
  std::size_t feeds() const { return feeds_.size(); }

 private:
  friend std::vector<LintFinding> lint(std::string_view, std::string_view, std::string, const std::vector<Checklist>&);
  friend class CatalogueReader;
  std::string id_;
  FactDictionary facts_;
  std::vector<Rule> rules_;
  std::vector<Checklist> checklists_;
  std::map<std::pair<std::string, std::string>, AnswerFeed, std::less<>> feeds_;
};

// Everything that is wrong with a catalogue: unreadable tables, refused constructs, unknown facts, unit mismatches,
// overlapping versions, checklist items that feed no known fact. Empty when it can be used.
std::vector<LintFinding> lint(std::string_view rules_csv, std::string_view facts_csv, std::string name = "rules.csv",
                              const std::vector<Checklist>& checklists = {});

}  // namespace kuangxun::criteria
