#pragma once

#include <memory>

#include "app/criteria/publication.h"

namespace kuangxun::criteria {

// All files of rules that this laptop has, and which of them are in force on a day. For each id: the newest edition
// published by the county whose day has come, else the laptop's own file, else the one shipped with the program. What
// is wrong is passed over, with its reason told; what was in force before stays.
class CatalogueShelf {
 public:
  // `assets` of the program; the laptop's own files lie in `own_folder`, which may not exist.
  CatalogueShelf(std::filesystem::path assets, std::filesystem::path own_folder)
      : assets_(std::move(assets)), own_folder_(std::move(own_folder)) {}

  // Reads everything anew: at the beginning and after a sync.
  Status read(history::RecordReader& store);
  // The same without what was published: where there is no data folder yet.
  Status read_files();
  // Those of the program.
  const std::vector<Checklist>& checklists() const { return checklists_; }
  // What is in force on the day; the same object as long as nothing changes. After read().
  Result<std::shared_ptr<const Catalogue>> on(Day day);
  // One alone: the id of a catalogue, or the path of a file that is only to be tried ("x/rules.csv").
  Result<std::shared_ptr<const Catalogue>> one_on(const std::string& id_or_path, Day day) const;
  // Every file with what became of it on the day, for people: in force when `why_not` is empty.
  struct Entry {
    CatalogueFile file;
    std::string why_not;
    std::vector<LintFinding> findings;
  };
  Result<std::vector<Entry>> entries_on(Day day);
  // For whoever looks after the laptop: what came and is not used, a sentence each.
  Result<std::vector<std::string>> warnings_on(Day day);
  // What is wrong with a file that is not in force yet, beside those that are on its first day.
  Result<std::vector<LintFinding>> lint_candidate(const CatalogueFile& file, Day day) const;

 private:
  std::vector<CatalogueFile> candidates_on(Day day) const;

  std::filesystem::path assets_;
  std::filesystem::path own_folder_;
  std::string facts_csv_;
  std::vector<Checklist> checklists_;
  std::vector<Publication> publications_;
  std::vector<CatalogueFile> own_files_;
  std::vector<CatalogueFile> shipped_files_;
  // By the publications that are among the candidates.
  std::map<std::vector<Uuid>, std::shared_ptr<const Catalogue>> made_;
};

}  // namespace kuangxun::criteria
