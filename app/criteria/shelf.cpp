#include "app/criteria/shelf.h"

#include <algorithm>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::criteria {

Status CatalogueShelf::read_files() {
  KX_TRY(facts, read_text_file(assets_ / "criteria" / "facts.csv", limits::csv_bytes_max));
  facts_csv_ = std::move(facts);
  KX_TRY(checklists, load_checklists(assets_ / "checklists"));
  checklists_ = std::move(checklists);
  KX_TRY(shipped, read_catalogue_folder(assets_ / "criteria", CatalogueOrigin::shipped));
  shipped_files_ = std::move(shipped);
  own_files_.clear();
  if (!own_folder_.empty()) {
    KX_TRY(own, read_catalogue_folder(own_folder_, CatalogueOrigin::local));
    own_files_ = std::move(own);
  }
  publications_.clear();
  made_.clear();
  return {};
}

Status CatalogueShelf::read(history::RecordReader& store) {
  KX_CHECK(read_files());
  KX_TRY(publications, read_publications(store));
  publications_ = std::move(publications);
  return {};
}

std::vector<CatalogueFile> CatalogueShelf::candidates_on(Day day) const {
  std::vector<CatalogueFile> candidates;
  for (const auto& publication : publications_) {
    const bool has_begun = !publication.file.from || *publication.file.from <= day;
    if (publication.refusal.empty() && has_begun) candidates.push_back(publication.file);
  }
  candidates.insert(candidates.end(), own_files_.begin(), own_files_.end());
  candidates.insert(candidates.end(), shipped_files_.begin(), shipped_files_.end());
  return candidates;
}

Result<std::shared_ptr<const Catalogue>> CatalogueShelf::on(Day day) {
  std::vector<CatalogueFile> candidates = candidates_on(day);
  std::vector<Uuid> key;
  for (const auto& file : candidates) {
    if (file.origin == CatalogueOrigin::published) key.push_back(file.record);
  }
  auto& made = made_[key];
  if (made == nullptr) {
    KX_TRY(catalogue, Catalogue::combine(std::move(candidates), facts_csv_, checklists_));
    made = std::make_shared<const Catalogue>(std::move(catalogue));
  }
  return made;
}

Result<std::shared_ptr<const Catalogue>> CatalogueShelf::one_on(const std::string& id_or_path, Day day) const {
  std::vector<CatalogueFile> candidates;
  if (id_or_path.ends_with(".csv")) {
    KX_TRY(file, read_catalogue_file(id_or_path, CatalogueOrigin::local));
    candidates.push_back(std::move(file));
  } else {
    candidates = candidates_on(day);
    std::erase_if(candidates, [&](const CatalogueFile& file) { return file.id != id_or_path; });
    if (candidates.empty()) {
      return Error(ErrorCode::not_found,
                   phrase("there is no catalogue \"{0}\"; kuangxun criteria list tells which there are", {id_or_path}));
    }
  }
  KX_TRY(catalogue, Catalogue::combine(std::move(candidates), facts_csv_, checklists_));
  if (catalogue.files().empty()) return Error(ErrorCode::bad_input, catalogue.refused().front().reason);
  return std::make_shared<const Catalogue>(std::move(catalogue));
}

Result<std::vector<CatalogueShelf::Entry>> CatalogueShelf::entries_on(Day day) {
  KX_TRY(catalogue, on(day));
  const auto entry_of = [&](const CatalogueFile& file) -> Entry {
    const auto is_same = [&](const CatalogueFile& other) {
      return other.id == file.id && other.origin == file.origin && other.record == file.record;
    };
    const auto& files = catalogue->files();
    if (const auto used = std::ranges::find_if(files, is_same); used != files.end()) return {*used, {}, {}};
    for (const auto& refused : catalogue->refused()) {
      if (is_same(refused.file)) return {refused.file, refused.reason, refused.findings};
    }
    const auto instead = std::ranges::find(files, file.id, &CatalogueFile::id);
    return {
        file, say_with("{0} is used instead", {instead == files.end() ? std::string(file.id) : instead->title()}), {}};
  };
  std::vector<Entry> entries;
  for (const auto& publication : publications_) {
    if (!publication.refusal.empty()) {
      entries.push_back({publication.file, publication.refusal, {}});
    } else if (publication.file.from && *publication.file.from > day) {
      entries.push_back({publication.file, say_with("in force from {0}", {format_day(*publication.file.from)}), {}});
    } else {
      entries.push_back(entry_of(publication.file));
    }
  }
  for (const auto* files : {&own_files_, &shipped_files_}) {
    for (const auto& file : *files) entries.push_back(entry_of(file));
  }
  return entries;
}

Result<std::vector<std::string>> CatalogueShelf::warnings_on(Day day) {
  KX_TRY(catalogue, on(day));
  std::vector<std::string> warnings;
  const auto add = [&](const CatalogueFile& file, const std::string& why) {
    warnings.push_back(say_with("the catalogue {0} is not used: {1}", {file.title(), why}));
  };
  for (const auto& publication : publications_) {
    if (!publication.refusal.empty() && !publication.is_withdrawn) add(publication.file, publication.refusal);
  }
  for (const auto& refused : catalogue->refused()) add(refused.file, refused.reason);
  return warnings;
}

Result<std::vector<LintFinding>> CatalogueShelf::lint_candidate(const CatalogueFile& file, Day day) const {
  std::vector<CatalogueFile> candidates = {file};
  for (auto& other : candidates_on(day)) candidates.push_back(std::move(other));
  KX_TRY(catalogue, Catalogue::combine(std::move(candidates), facts_csv_, checklists_));
  for (const auto& refused : catalogue.refused()) {
    if (refused.file.text != file.text || refused.file.id != file.id) continue;
    if (!refused.findings.empty()) return refused.findings;
    return std::vector<LintFinding>{{file.name, 0, 0, {}, 0, refused.reason}};
  }
  return std::vector<LintFinding>();
}

}  // namespace kuangxun::criteria
