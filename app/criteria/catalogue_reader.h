#pragma once

#include "app/criteria/lint_finding.h"
#include "app/criteria/rule.h"
#include "db/base/csv.h"

namespace kuangxun::criteria {

// Reads the rows of a catalogue and collects what is wrong instead of stopping at the first fault.
class CatalogueReader {
 public:
  CatalogueReader(const CsvTable& table, const facts::FactDictionary& facts) : table_(table), facts_(facts) {}
  void read();
  std::vector<Rule> rules;
  std::vector<LintFinding> findings;

  // The columns that a catalogue must have.
  static const std::vector<std::string>& columns();

 private:
  void find(std::size_t row, std::string_view column, std::string message, std::size_t character = 0);
  std::string cell(std::size_t row, std::string_view column) const;
  Bilingual pair(std::size_t row, const std::string& name) const;
  std::optional<Day> day(std::size_t row, std::string_view column);
  bool yes_or_no(std::size_t row, std::string_view column, bool otherwise);

  Rule read_rule(std::size_t row);
  void check_cells(std::size_t row);
  void read_kind(std::size_t row, Rule& rule);
  void read_bases(std::size_t row, Rule& rule);
  void read_applies(std::size_t row, Rule& rule);
  void read_choices(std::size_t row, Rule& rule, std::string_view column, Applicability::Aspect aspect,
                    std::string_view fact);
  void read_inputs(std::size_t row, Rule& rule);
  void read_texts(std::size_t row, Rule& rule);
  void read_stated(std::size_t row, Rule& rule);
  Condition compile(std::size_t row, std::string_view column, const std::string& text);
  void check_declared(std::size_t row, const Rule& rule);
  void check_placeholders(std::size_t row, const Rule& rule);
  void check_versions();

  const CsvTable& table_;
  const facts::FactDictionary& facts_;
};

}  // namespace kuangxun::criteria
