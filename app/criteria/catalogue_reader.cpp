#include "app/criteria/catalogue_reader.h"

#include <algorithm>
#include <array>
#include <limits>

#include "app/criteria/damaged_cell.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/describe.h"

namespace kuangxun::criteria {
namespace {

// "a; b" -> {"a", "b"}.
std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> parts;
  for (const auto part : split(text, ';')) {
    if (!trim(part).empty()) parts.emplace_back(trim(part));
  }
  return parts;
}

// The names in braces.
std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

}  // namespace

const std::vector<std::string>& CatalogueReader::columns() {
  static const std::vector<std::string> names = {"id",
                                                 "title_zh",
                                                 "title_en",
                                                 "kind",
                                                 "nature",
                                                 "enabled",
                                                 "document_zh",
                                                 "document_en",
                                                 "clause_zh",
                                                 "clause_en",
                                                 "plan_from",
                                                 "plan_to",
                                                 "superseded_by",
                                                 "legal_document_zh",
                                                 "legal_document_en",
                                                 "legal_clause_zh",
                                                 "legal_clause_en",
                                                 "legal_from",
                                                 "legal_to",
                                                 "legal_mark",
                                                 "applies_to_kind",
                                                 "applies_to_stage",
                                                 "applies_to_mineral",
                                                 "applies_to_method",
                                                 "applies_when",
                                                 "inputs",
                                                 "condition",
                                                 "weight",
                                                 "veto",
                                                 "passed_zh",
                                                 "passed_en",
                                                 "failed_zh",
                                                 "failed_en",
                                                 "not_applicable_zh",
                                                 "not_applicable_en",
                                                 "progress_zh",
                                                 "progress_en",
                                                 "stated",
                                                 "consequence_zh",
                                                 "consequence_en",
                                                 "missing_zh",
                                                 "missing_en",
                                                 "mark"};
  return names;
}

void CatalogueReader::find(std::size_t row, std::string_view column, std::string message, std::size_t character) {
  const std::size_t place = table_.place_of(table_.find_column(column).value_or(0));
  findings.push_back({table_.name(), table_.line(row), place, std::string(column), character, std::move(message)});
}

std::string CatalogueReader::cell(std::size_t row, std::string_view column) const {
  return std::string(trim(table_.cell(row, column)));
}

Bilingual CatalogueReader::pair(std::size_t row, const std::string& name) const {
  return {cell(row, name + "_zh"), cell(row, name + "_en")};
}

std::optional<Day> CatalogueReader::day(std::size_t row, std::string_view column) {
  const std::string text = cell(row, column);
  if (text.empty()) return std::nullopt;
  const auto day = read_day_cell(text);
  if (day.ok()) return *day;
  find(row, column, day.error().message());
  return std::nullopt;
}

bool CatalogueReader::yes_or_no(std::size_t row, std::string_view column, bool otherwise) {
  const std::string text = cell(row, column);
  if (!text.empty() && text != "yes" && text != "no") {
    find(row, column, say_text("write yes or no"));
  }
  return text.empty() ? otherwise : text == "yes";
}

void CatalogueReader::read() {
  for (std::size_t row = 0; row < table_.row_count(); ++row) rules.push_back(read_rule(row));
  check_versions();
}

// What a spreadsheet or an input method did to the row. Ids, conditions and dates are looked at where they are read.
void CatalogueReader::check_cells(std::size_t row) {
  static constexpr std::array<std::string_view, 12> plain = {"kind",
                                                             "nature",
                                                             "enabled",
                                                             "applies_to_kind",
                                                             "applies_to_stage",
                                                             "applies_to_mineral",
                                                             "applies_to_method",
                                                             "inputs",
                                                             "weight",
                                                             "veto",
                                                             "legal_mark",
                                                             "mark"};
  for (const auto& column : columns()) {
    if (column == "id" || column.ends_with("_from") || column.ends_with("_to")) continue;
    const std::string_view text = table_.cell(row, column);
    auto damage = find_spreadsheet_error(text);
    const bool is_plain = std::ranges::find(plain, column) != plain.end();
    if (!damage && is_plain) damage = find_wide_character(text);
    if (damage) find(row, column, std::move(damage->message), damage->character);
  }
}

Rule CatalogueReader::read_rule(std::size_t row) {
  Rule rule;
  rule.row = row;
  rule.id = cell(row, "id");
  if (rule.id.empty()) {
    find(row, "id", say_text("the rule has no id"));
  } else if (std::string why = why_no_rule_id(rule.id); !why.empty()) {
    find(row, "id", std::move(why));
  }
  check_cells(row);
  rule.title = pair(row, "title");
  read_kind(row, rule);
  read_bases(row, rule);
  read_applies(row, rule);
  read_inputs(row, rule);
  read_texts(row, rule);
  rule.condition = compile(row, "condition", cell(row, "condition"));
  rule.is_enabled = yes_or_no(row, "enabled", true);
  rule.is_veto = yes_or_no(row, "veto", false);
  const std::string weight = cell(row, "weight");
  if (!weight.empty()) {
    const auto number = parse_decimal(weight, 0);
    if (!number.ok() || *number < 0) find(row, "weight", say_text("a weight is a whole number from 0"));
    rule.weight = number.ok() ? *number : 1;
  }
  check_declared(row, rule);
  check_placeholders(row, rule);
  return rule;
}

void CatalogueReader::read_kind(std::size_t row, Rule& rule) {
  const std::string text = cell(row, "kind");
  bool is_found = false;
  for (const auto kind : {RuleKind::admission, RuleKind::duty, RuleKind::prohibition, RuleKind::exit, RuleKind::target,
                          RuleKind::tracking}) {
    if (name_of(kind) != text) continue;
    rule.kind = kind;
    is_found = true;
  }
  if (!is_found) {
    find(row, "kind", say_text("write admission, duty, prohibition, exit, target or tracking"));
  }
  const std::string nature = cell(row, "nature");
  rule.is_expected = nature == "expected";
  if (!nature.empty() && nature != "expected" && nature != "limit") {
    find(row, "nature", say_text("write expected or limit, or leave it empty"));
  }
  const auto mark = parse_mark(cell(row, "mark"));
  if (mark.ok()) {
    rule.mark = *mark;
  } else {
    find(row, "mark", mark.error().message());
  }
}

void CatalogueReader::read_bases(std::size_t row, Rule& rule) {
  rule.plan_basis = {pair(row, "document"), pair(row, "clause"),        day(row, "plan_from"),
                     day(row, "plan_to"),   cell(row, "superseded_by"), rule.mark};
  rule.legal_basis.document = pair(row, "legal_document");
  rule.legal_basis.clause = pair(row, "legal_clause");
  rule.legal_basis.from = day(row, "legal_from");
  rule.legal_basis.to = day(row, "legal_to");
  if (rule.plan_basis.from && rule.plan_basis.to && *rule.plan_basis.to < *rule.plan_basis.from) {
    find(row, "plan_to", say_text("the last day is before the first"));
  }
  if (rule.plan_basis.document.chinese.empty() || rule.plan_basis.document.english.empty()) {
    find(row, "document_zh", say_text("the document is missing in one language"));
  }
  if (rule.plan_basis.clause.chinese.empty() || rule.plan_basis.clause.english.empty()) {
    find(row, "clause_zh", say_text("the clause is missing in one language"));
  }
  const std::string text = cell(row, "legal_mark");
  if (text.empty()) return;
  const auto mark = parse_mark(text);
  if (mark.ok()) {
    rule.legal_basis.mark = *mark;
  } else {
    find(row, "legal_mark", mark.error().message());
  }
}

void CatalogueReader::read_applies(std::size_t row, Rule& rule) {
  for (const auto& name : listed(cell(row, "applies_to_kind"))) {
    const auto* kind = records::find_kind(name);
    if (kind == nullptr) {
      find(row, "applies_to_kind", say_with("there is no kind {0}", {name}));
    } else {
      rule.kinds.push_back(kind->number);
    }
  }
  if (rule.kinds.empty()) find(row, "applies_to_kind", say_text("what it applies to is missing"));
  read_choices(row, rule, "applies_to_stage", Applicability::Aspect::stage, "stage");
  read_choices(row, rule, "applies_to_mineral", Applicability::Aspect::mineral, "mineral");
  read_choices(row, rule, "applies_to_method", Applicability::Aspect::method, "mining_method");
  Condition when = compile(row, "applies_when", cell(row, "applies_when"));
  if (!when.is_empty()) rule.applies.push_back({Applicability::Aspect::other, std::move(when), {}});
}

void CatalogueReader::read_choices(std::size_t row, Rule& rule, std::string_view column, Applicability::Aspect aspect,
                                   std::string_view fact) {
  const auto codes = listed(cell(row, column));
  if (codes.empty()) return;
  std::vector<std::string> quoted;
  for (const auto& code : codes) quoted.push_back("'" + replace_all(code, "'", "''") + "'");
  Condition condition = compile(row, column, std::string(fact) + " IN (" + join(quoted, ", ") + ")");
  rule.applies.push_back({aspect, std::move(condition), codes});
}

Condition CatalogueReader::compile(std::size_t row, std::string_view column, const std::string& text) {
  CompiledCondition compiled = compile_condition(text, facts_);
  for (auto& error : compiled.errors) find(row, column, std::move(error.message), error.character);
  return std::move(compiled.condition);
}

void CatalogueReader::read_inputs(std::size_t row, Rule& rule) {
  const std::string_view whole = table_.cell(row, "inputs");
  std::size_t searched = 0;
  for (const auto& entry : listed(whole)) {
    const std::size_t at = whole.find(entry, searched);
    searched = at + entry.size();
    const std::size_t character = count_code_points(whole.substr(0, at)) + 1;
    const auto words = split(entry, ' ');
    const std::string name(words[0]);
    const std::string type(words.size() > 1 ? words[1] : "");
    const auto unit = facts::Unit::parse(words.size() > 2 ? words[2] : "");
    const auto* fact = facts_.find(name);
    if (fact == nullptr) {
      find(row, "inputs", say_with("there is no fact {0}; see facts.csv", {name}), character);
      continue;
    }
    rule.inputs.push_back(fact->index);
    if (type != name_of(fact->type)) {
      find(row, "inputs", say_with("{0} is of type {1}, here it says {2}", {name, name_of(fact->type), type}),
           character);
    }
    if (!unit.ok() || !(*unit == fact->unit)) {
      find(row, "inputs", say_with("{0} has the unit {1}, here it says another", {name, fact->unit.text()}), character);
    }
  }
}

void CatalogueReader::read_texts(std::size_t row, Rule& rule) {
  rule.when_passed = pair(row, "passed");
  rule.when_failed = pair(row, "failed");
  rule.when_not_applicable = pair(row, "not_applicable");
  rule.progress = pair(row, "progress");
  rule.consequence = pair(row, "consequence");
  rule.missing = pair(row, "missing");
  if (rule.title.chinese.empty() || rule.title.english.empty()) {
    find(row, "title_zh", say_text("the title is missing in one language"));
  }
  const auto check = [&](const char* name, const Bilingual& texts) {
    if (texts.chinese.empty() == texts.english.empty()) return;
    find(row, std::string(name) + "_zh", say_text("one language only; write both"));
  };
  check("passed", rule.when_passed);
  check("failed", rule.when_failed);
  check("not_applicable", rule.when_not_applicable);
  check("progress", rule.progress);
  check("consequence", rule.consequence);
  check("missing", rule.missing);
  if (rule.is_progress_only() && rule.progress.is_empty()) {
    find(row, "progress_zh", say_text("targets and tracking rules need a progress text"));
  }
  read_stated(row, rule);
}

// "name=中文|English; name2=…|…"
void CatalogueReader::read_stated(std::size_t row, Rule& rule) {
  for (const auto& entry : listed(cell(row, "stated"))) {
    const auto equals = entry.find('=');
    const auto bar = entry.find('|');
    if (equals == std::string::npos || bar == std::string::npos || bar < equals) {
      find(row, "stated", say_text("write name=Chinese|English, separated by ;"));
      continue;
    }
    rule.stated.push_back(
        {entry.substr(0, equals), {entry.substr(equals + 1, bar - equals - 1), entry.substr(bar + 1)}});
  }
}

// Whatever a rule reads is declared with type and unit, so that the row can be read without the expression.
void CatalogueReader::check_declared(std::size_t row, const Rule& rule) {
  const auto check = [&](const Condition& condition, std::string_view column) {
    for (const auto fact : condition.facts) {
      if (std::ranges::find(rule.inputs, fact) != rule.inputs.end()) continue;
      find(row, column, say_with("{0} is used but not listed in inputs", {facts_.definitions()[fact].name}));
    }
  };
  check(rule.condition, "condition");
  for (const auto& part : rule.applies) {
    if (part.aspect == Applicability::Aspect::other) check(part.condition, "applies_when");
  }
}

void CatalogueReader::check_placeholders(std::size_t row, const Rule& rule) {
  const std::pair<const char*, const Bilingual*> texts[] = {{"passed", &rule.when_passed},
                                                            {"failed", &rule.when_failed},
                                                            {"not_applicable", &rule.when_not_applicable},
                                                            {"progress", &rule.progress}};
  for (const auto& [column, text] : texts) {
    for (const auto& language : {std::pair{"_zh", &text->chinese}, std::pair{"_en", &text->english}}) {
      for (const auto& name : placeholders(*language.second)) {
        const auto* fact = facts_.find(name);
        if (fact != nullptr && std::ranges::find(rule.inputs, fact->index) != rule.inputs.end()) continue;
        find(row, std::string(column) + language.first, say_with("{0} in braces is not listed in inputs", {name}));
      }
    }
  }
}

void CatalogueReader::check_versions() {
  constexpr Day begin = std::numeric_limits<Day>::min();
  constexpr Day end = std::numeric_limits<Day>::max();
  for (std::size_t later = 0; later < rules.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (rules[earlier].id != rules[later].id) continue;
      const auto& a = rules[earlier].plan_basis;
      const auto& b = rules[later].plan_basis;
      if (a.to.value_or(end) < b.from.value_or(begin) || b.to.value_or(end) < a.from.value_or(begin)) continue;
      find(rules[later].row, "plan_from",
           say_with("two versions of rule {0} overlap (see line {1})",
                    {rules[later].id, std::to_string(table_.line(rules[earlier].row))}));
    }
  }
}

}  // namespace kuangxun::criteria
