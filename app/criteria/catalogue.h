#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/criteria/checklist.h"
#include "app/criteria/lint_finding.h"
#include "app/criteria/rule.h"

namespace kuangxun::criteria {

// How a file of rules came to be used here.
enum class CatalogueOrigin : std::uint8_t {
  shipped,    // with the program
  local,      // laid into the data folder by whoever uses this laptop
  published,  // by the county's administrator, signed, the same on every laptop
};
std::string_view name_of(CatalogueOrigin origin);   // "published"
std::string_view label_of(CatalogueOrigin origin);  // in the language of the day

// A file of rules, before anybody looked whether it is sound.
struct CatalogueFile {
  std::string id;    // "tekes-plan-2021-2025"
  std::string name;  // of the file, for messages
  CatalogueOrigin origin = CatalogueOrigin::shipped;
  // Of published ones.
  Uuid record;
  std::int64_t edition = 0;  // from 1; a later one takes the place of the earlier ones from its first day on
  std::string version;       // as the office calls it
  std::optional<Day> from;
  std::string publisher;  // the person's name
  std::string reason;
  std::string text;
  std::size_t rules = 0;  // once it was read

  std::string sha256() const;
  // "tekes-plan-2021-2025", with edition and version where it has them: what a paper names.
  std::string title() const;
};

// One that is not used, and why; whatever was in force before stays so.
struct RefusedCatalogue {
  CatalogueFile file;
  std::string reason;                 // finished
  std::vector<LintFinding> findings;  // where it is the rules themselves
};

// Rules of one or several files that are in force together, the facts they ask for and the checklists that feed them.
// Both languages are kept, so one catalogue serves both. An id of a rule belongs to one file.
class Catalogue {
 public:
  static constexpr std::string_view default_id = "tekes-plan-2021-2025";

  // From the program's assets: facts.csv, every other file of rules in criteria/, and checklists/. bad_input when a
  // file is wrong; the message shows the first fault.
  static Result<Catalogue> load(const std::filesystem::path& assets);
  // The same with the one file criteria/ID.csv. An `id` with anything but lower-case letters, digits and hyphens is
  // bad_input.
  static Result<Catalogue> load(const std::filesystem::path& assets, std::string_view id);
  // From texts; `name` stands for the file in messages.
  static Result<Catalogue> parse(std::string_view rules_csv, std::string_view facts_csv, std::string name = "rules.csv",
                                 std::vector<Checklist> checklists = {});
  // The best sound file of each id: `candidates` come in order of preference, those of other ids in between. What is
  // wrong is refused and told by refused(); nothing but a wrong facts.csv is an error.
  static Result<Catalogue> combine(std::vector<CatalogueFile> candidates, std::string_view facts_csv,
                                   std::vector<Checklist> checklists);

  // The plan's when it is among them, else the first.
  const std::string& id() const;
  const std::vector<CatalogueFile>& files() const { return files_; }
  const CatalogueFile& file_of(const Rule& rule) const { return files_[rule.file]; }
  const std::vector<RefusedCatalogue>& refused() const { return refused_; }
  // All titles, the plan's first.
  std::string title() const;
  // All versions of all rules, the plan's file first, each in the order of its file.
  const std::vector<Rule>& rules() const { return rules_; }
  // Of each rule the version in force on that day; else the last before it; else the first to come.
  std::vector<const Rule*> rules_on(Day on) const;
  const facts::FactDictionary& facts() const { return facts_; }
  const std::vector<Checklist>& checklists() const { return checklists_; }
  // What its rules ask of places; lives as long as the catalogue.
  facts::AskedFacts asked() const { return {facts_, feeds_}; }
  // Items of checklists that name no rule of these files, or feed no fact.
  std::vector<LintFinding> checklist_findings() const;

 private:
  void add(CatalogueFile file);
  void set_checklists(std::vector<Checklist> checklists);

  facts::FactDictionary facts_;
  std::vector<CatalogueFile> files_;
  std::vector<RefusedCatalogue> refused_;
  std::vector<Rule> rules_;
  std::vector<Checklist> checklists_;
  facts::AnswerFeeds feeds_;
};

// Everything that is wrong with a catalogue: unreadable tables, refused constructs, unknown facts, unit mismatches,
// overlapping versions, checklist items that feed no known fact. Empty when it can be used.
std::vector<LintFinding> lint(std::string_view rules_csv, std::string_view facts_csv, std::string name = "rules.csv",
                              const std::vector<Checklist>& checklists = {});

// Whether a CSV has the columns by which a file of rules is known, whatever else is wrong with it.
bool looks_like_rules(std::string_view csv);
// "FOLDER/office-rules.csv" as a file of rules with the id "office-rules".
Result<CatalogueFile> read_catalogue_file(const std::filesystem::path& path, CatalogueOrigin origin);
// Those of a folder, by name; none when there is no folder. facts.csv and tables that are no rules are passed over
// among what is shipped; elsewhere every CSV is taken, so that what is wrong with it is told.
Result<std::vector<CatalogueFile>> read_catalogue_folder(const std::filesystem::path& folder, CatalogueOrigin origin);

}  // namespace kuangxun::criteria
