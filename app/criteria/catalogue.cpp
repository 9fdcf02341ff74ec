#include "app/criteria/catalogue.h"

#include <algorithm>
#include <map>

#include "app/criteria/catalogue_reader.h"
#include "db/base/csv.h"
#include "db/base/files.h"
#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

Result<facts::FactDictionary> read_facts(std::string_view facts_csv) {
  KX_TRY(table, CsvTable::parse(facts_csv, "facts.csv"));
  return facts::FactDictionary::parse(table);
}

// The rules of one file; what is wrong goes to `findings`.
std::vector<Rule> read_rules(std::string_view csv, const std::string& name, const facts::FactDictionary& facts,
                             std::vector<LintFinding>& findings) {
  CsvFault fault;
  const auto table = CsvTable::parse(csv, name, csv_separator_of(csv), &fault);
  if (!table.ok()) {
    findings.push_back({name, fault.line, fault.column, {}, 0, fault.words.spoken()});
    return {};
  }
  for (const auto& column : CatalogueReader::columns()) {
    if (table->find_column(column)) continue;
    findings.push_back({name, 1, 0, column, 0, say_with("the header lacks the column \"{0}\"", {column})});
  }
  if (!findings.empty()) return {};
  CatalogueReader reader(*table, facts);
  reader.read();
  findings = std::move(reader.findings);
  return std::move(reader.rules);
}

std::string summary(const std::vector<LintFinding>& findings) {
  const std::string more =
      findings.size() == 1 ? "" : say_with(" ({0} findings in all)", {std::to_string(findings.size())});
  return findings.front().text() + more;
}

std::string no_catalogue_id(std::string_view id) {
  return say_with("\"{0}\" is no catalogue; names have lower-case letters, digits, hyphens", {excerpt(id, 80)});
}

Result<std::string> read_asset(const std::filesystem::path& assets, const std::string& file) {
  return read_text_file(assets / "criteria" / file, limits::csv_bytes_max);
}

}  // namespace

std::string_view name_of(CatalogueOrigin origin) {
  switch (origin) {
    case CatalogueOrigin::shipped:
      return "shipped";
    case CatalogueOrigin::local:
      return "local";
    case CatalogueOrigin::published:
      return "published";
  }
  return {};
}

std::string_view label_of(CatalogueOrigin origin) {
  switch (origin) {
    case CatalogueOrigin::shipped:
      return say("shipped with the program");
    case CatalogueOrigin::local:
      return say("a file of this laptop");
    case CatalogueOrigin::published:
      return say("published by the county");
  }
  return {};
}

std::string CatalogueFile::sha256() const {
  return kuangxun::sha256(as_bytes(text)).text();
}

std::string CatalogueFile::title() const {
  if (origin == CatalogueOrigin::local) return id + say_text(" (a file of this laptop)");
  if (origin != CatalogueOrigin::published) return id;
  return say_with("{0}, edition {1} ({2})", {id, std::to_string(edition), version});
}

bool looks_like_rules(std::string_view csv) {
  const std::string_view first = csv.substr(0, csv.find('\n'));
  return first.find("condition") != std::string_view::npos && first.find("applies_to_kind") != std::string_view::npos;
}

std::vector<LintFinding> lint(std::string_view rules_csv, std::string_view facts_csv, std::string name,
                              const std::vector<Checklist>& checklists) {
  const auto facts = read_facts(facts_csv);
  if (!facts.ok()) return {{"facts.csv", 0, 0, {}, 0, facts.error().message()}};
  std::vector<LintFinding> findings;
  read_rules(rules_csv, name, *facts, findings);
  if (!findings.empty() || checklists.empty()) return findings;
  CatalogueFile file;
  file.id = Catalogue::default_id;
  file.name = std::move(name);
  file.text = rules_csv;
  const auto whole = Catalogue::combine({std::move(file)}, facts_csv, checklists);
  return whole.ok() ? whole->checklist_findings() : findings;
}

Result<Catalogue> Catalogue::combine(std::vector<CatalogueFile> candidates, std::string_view facts_csv,
                                     std::vector<Checklist> checklists) {
  Catalogue catalogue;
  KX_TRY(facts, read_facts(facts_csv));
  catalogue.facts_ = std::move(facts);
  // The plan's rules come first in every list.
  std::ranges::stable_partition(candidates, [](const CatalogueFile& file) { return file.id == default_id; });
  for (auto& candidate : candidates) {
    const bool is_taken =
        std::ranges::any_of(catalogue.files_, [&](const CatalogueFile& file) { return file.id == candidate.id; });
    if (!is_taken) catalogue.add(std::move(candidate));
  }
  catalogue.set_checklists(std::move(checklists));
  return catalogue;
}

void Catalogue::add(CatalogueFile file) {
  if (!is_plain_id(file.id)) {
    std::string reason = no_catalogue_id(file.id);
    refused_.push_back({std::move(file), std::move(reason), {}});
    return;
  }
  std::vector<LintFinding> findings;
  std::vector<Rule> rules = read_rules(file.text, file.name, facts_, findings);
  if (!findings.empty()) {
    std::string reason = summary(findings);
    refused_.push_back({std::move(file), std::move(reason), std::move(findings)});
    return;
  }
  for (auto& rule : rules) {
    rule.file = files_.size();
    const auto other = std::ranges::find(rules_, rule.id, &Rule::id);
    if (other == rules_.end()) continue;
    std::string reason = say_with("the rule {0} stands in the catalogue {1} already; an id belongs to one catalogue",
                                  {rule.id, file_of(*other).id});
    refused_.push_back({std::move(file), std::move(reason), {}});
    return;
  }
  file.rules = rules.size();
  files_.push_back(std::move(file));
  std::ranges::move(rules, std::back_inserter(rules_));
}

// Why the answer to the item cannot be that fact; empty when it can.
static std::string feed_problem(const ChecklistItem& item, const facts::FactDefinition* fact) {
  if (fact == nullptr) return say_with("there is no fact {0}", {item.fact});
  if (item.answer == AnswerKind::number) {
    if (fact->type != facts::FactType::number) return say_with("{0} is no number", {item.fact});
    if (item.unit.chinese == fact->unit_chinese) return {};
    return say_with("the unit {0} is not that of the fact {1}, {2}",
                    {item.unit.text(), item.fact, either(fact->unit_chinese, fact->unit_english)});
  }
  if (item.answer == AnswerKind::choice) {
    if (fact->type != facts::FactType::enumeration) return say_with("{0} is no choice", {item.fact});
    for (const auto& choice : item.choices) {
      if (fact->enumeration->find(choice.code) != nullptr) continue;
      return say_with("the fact {0} has no choice {1}", {item.fact, choice.code});
    }
    return {};
  }
  if (fact->type == facts::FactType::boolean) return {};
  return say_with("{0} is no yes-or-no fact", {item.fact});
}

void Catalogue::set_checklists(std::vector<Checklist> checklists) {
  checklists_ = std::move(checklists);
  for (const auto& list : checklists_) {
    for (const auto& item : list.items) {
      const auto* fact = facts_.find(item.fact);
      if (item.fact.empty() || !feed_problem(item, fact).empty()) continue;
      feeds_.set(list.id, item.id, {fact->index, item.answer, item.yes_means, item.unit});
    }
  }
}

std::vector<LintFinding> Catalogue::checklist_findings() const {
  std::vector<LintFinding> findings;
  for (const auto& list : checklists_) {
    for (const auto& item : list.items) {
      const auto find = [&](const std::string& message) {
        findings.push_back({list.id + ".csv", 0, 0, {}, 0, say_with("item {0}: ", {item.id}) + message});
      };
      for (const auto& id : item.rules) {
        if (std::ranges::find(rules_, id, &Rule::id) != rules_.end()) continue;
        find(say_with("there is no rule {0}", {id}));
      }
      if (item.fact.empty() || feeds_.of(list.id, item.id) != nullptr) continue;
      find(feed_problem(item, facts_.find(item.fact)));
    }
  }
  return findings;
}

Result<Catalogue> Catalogue::parse(std::string_view rules_csv, std::string_view facts_csv, std::string name,
                                   std::vector<Checklist> checklists) {
  CatalogueFile file;
  file.id = name.substr(0, name.find('.'));
  file.name = std::move(name);
  file.text = rules_csv;
  KX_TRY(catalogue, combine({std::move(file)}, facts_csv, std::move(checklists)));
  if (!catalogue.refused_.empty()) return Error(ErrorCode::bad_input, catalogue.refused_.front().reason);
  return catalogue;
}

Result<Catalogue> Catalogue::load(const std::filesystem::path& assets) {
  KX_TRY(facts, read_asset(assets, "facts.csv"));
  KX_TRY(files, read_catalogue_folder(assets / "criteria", CatalogueOrigin::shipped));
  KX_TRY(checklists, load_checklists(assets / "checklists"));
  KX_TRY(catalogue, combine(std::move(files), facts, std::move(checklists)));
  if (!catalogue.refused_.empty()) return Error(ErrorCode::bad_input, catalogue.refused_.front().reason);
  return catalogue;
}

Result<Catalogue> Catalogue::load(const std::filesystem::path& assets, std::string_view id) {
  if (!is_plain_id(id)) {
    return Error(ErrorCode::bad_input, no_catalogue_id(id));
  }
  const std::string file = std::string(id) + ".csv";
  KX_TRY(facts, read_asset(assets, "facts.csv"));
  KX_TRY(rules, read_asset(assets, file));
  KX_TRY(checklists, load_checklists(assets / "checklists"));
  return parse(rules, facts, file, std::move(checklists));
}

Result<CatalogueFile> read_catalogue_file(const std::filesystem::path& path, CatalogueOrigin origin) {
  KX_TRY(text, read_text_file(path, limits::csv_bytes_max));
  CatalogueFile file;
  file.id = path.stem().string();
  file.name = path.filename().string();
  file.origin = origin;
  file.text = std::move(text);
  return file;
}

Result<std::vector<CatalogueFile>> read_catalogue_folder(const std::filesystem::path& folder, CatalogueOrigin origin) {
  std::vector<std::filesystem::path> paths;
  std::error_code failure;
  for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
    if (at->path().extension() == ".csv" && at->path().filename() != "facts.csv") paths.push_back(at->path());
  }
  std::ranges::sort(paths);
  std::vector<CatalogueFile> files;
  for (const auto& path : paths) {
    KX_TRY(file, read_catalogue_file(path, origin));
    if (origin != CatalogueOrigin::shipped || looks_like_rules(file.text)) files.push_back(std::move(file));
  }
  return files;
}

const std::string& Catalogue::id() const {
  static const std::string none;
  return files_.empty() ? none : files_.front().id;
}

std::string Catalogue::title() const {
  std::vector<std::string> titles;
  for (const auto& file : files_) titles.push_back(file.title());
  return join(titles, say("; "));
}

std::vector<const Rule*> Catalogue::rules_on(Day on) const {
  std::map<std::string_view, const Rule*, std::less<>> chosen;
  const auto rank = [&](const Rule& rule) {
    const auto state = state_of(rule.plan_basis, on);
    return state == BasisState::in_force ? 2 : state == BasisState::future ? 0 : 1;
  };
  const auto is_better = [&](const Rule& candidate, const Rule& held) {
    if (rank(candidate) != rank(held)) return rank(candidate) > rank(held);
    // Of those past the later one, of those to come the earlier one.
    return rank(candidate) == 0 ? candidate.plan_basis.from < held.plan_basis.from
                                : candidate.plan_basis.to > held.plan_basis.to;
  };
  for (const auto& rule : rules_) {
    auto& held = chosen[rule.id];
    if (held == nullptr || is_better(rule, *held)) held = &rule;
  }
  std::vector<const Rule*> in_order;
  for (const auto& rule : rules_) {
    if (chosen[rule.id] == &rule) in_order.push_back(&rule);
  }
  return in_order;
}

}  // namespace kuangxun::criteria
