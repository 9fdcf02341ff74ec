#include "app/criteria/catalogue.h"

#include "app/criteria/catalogue_reader.h"
#include "db/base/csv.h"
#include "db/base/files.h"
#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun::criteria {
namespace {

LintFinding whole_file(const std::string& file, const Error& error) {
  return {file, 0, 0, 0, error.message()};
}

}  // namespace

std::string LintFinding::text() const {
  if (line == 0) return message;
  const std::string place = say_with("{0} 第 {1} 行第 {2} 列", "{0}, line {1}, column {2}",
                                     {file, std::to_string(line), std::to_string(column)});
  const std::string inside =
      character == 0 ? "" : say_with("第 {0} 个字符", ", character {0}", {std::to_string(character)});
  return place + inside + say_text("：", ": ") + message;
}

// Fills `catalogue` and says what is wrong with it.
static std::vector<LintFinding> read_catalogue(Catalogue& catalogue, FactDictionary& facts, std::string_view rules_csv,
                                               std::string_view facts_csv, const std::string& name,
                                               const std::vector<Checklist>& checklists) {
  auto facts_table = CsvTable::parse(facts_csv, "facts.csv");
  if (!facts_table.ok()) return {whole_file("facts.csv", facts_table.error())};
  auto dictionary = FactDictionary::parse(*facts_table);
  if (!dictionary.ok()) return {whole_file("facts.csv", dictionary.error())};
  facts = std::move(dictionary).value();
  auto rules_table = CsvTable::parse(rules_csv, name);
  if (!rules_table.ok()) return {whole_file(name, rules_table.error())};
  for (const auto& column : CatalogueReader::columns()) {
    const auto position = rules_table->require_column(column);
    if (!position.ok()) return {whole_file(name, position.error())};
  }
  CatalogueReader reader(*rules_table, catalogue);
  reader.read(checklists);
  return std::move(reader.findings);
}

std::vector<LintFinding> lint(std::string_view rules_csv, std::string_view facts_csv, std::string name,
                              const std::vector<Checklist>& checklists) {
  Catalogue catalogue;
  return read_catalogue(catalogue, catalogue.facts_, rules_csv, facts_csv, name, checklists);
}

Result<Catalogue> Catalogue::parse(std::string_view rules_csv, std::string_view facts_csv, std::string name,
                                   std::vector<Checklist> checklists) {
  Catalogue catalogue;
  const auto findings = read_catalogue(catalogue, catalogue.facts_, rules_csv, facts_csv, name, checklists);
  if (!findings.empty()) {
    const std::string more =
        findings.size() == 1 ? ""
                             : say_with("（共 {0} 处）", " ({0} findings in all)", {std::to_string(findings.size())});
    return Error(ErrorCode::bad_input, findings.front().text() + more);
  }
  const auto dot = name.find('.');
  catalogue.id_ = name.substr(0, dot);
  catalogue.checklists_ = std::move(checklists);
  return catalogue;
}

Result<Catalogue> Catalogue::load(const std::filesystem::path& assets, std::string_view id) {
  if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string_view::npos) {
    return Error(ErrorCode::bad_input,
                 say_with("规则目录名“{0}”不对，只能有小写字母、数字和连字符",
                          "\"{0}\" is no catalogue; names have lower-case letters, digits, hyphens", {id}));
  }
  const std::string file = std::string(id) + ".csv";
  KX_TRY(facts, read_text_file(assets / "criteria" / "facts.csv", limits::csv_bytes_max));
  KX_TRY(rules, read_text_file(assets / "criteria" / file, limits::csv_bytes_max));
  KX_TRY(checklists, load_checklists(assets / "checklists"));
  // The rules that checklist items name are the plan's; what the items answer feeds every catalogue.
  if (id != default_id) {
    for (Checklist& checklist : checklists) {
      for (ChecklistItem& item : checklist.items) item.rules.clear();
    }
  }
  return parse(rules, facts, file, std::move(checklists));
}

std::vector<const Rule*> Catalogue::rules_on(Day on) const {
  std::map<std::string, const Rule*, std::less<>> chosen;
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

const AnswerFeed* Catalogue::feed_of(std::string_view checklist, std::string_view item) const {
  const auto found = feeds_.find(std::pair(std::string(checklist), std::string(item)));
  return found == feeds_.end() ? nullptr : &found->second;
}

}  // namespace kuangxun::criteria
