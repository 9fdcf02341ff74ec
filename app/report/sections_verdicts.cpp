#include <algorithm>

#include "app/report/sections.h"
#include "app/report/words.h"
#include "db/language/language.h"

// What the program compared: results, never conclusions.
namespace kuangxun::report {
namespace {

std::string count_text(const VisitRecord& record) {
  std::string text;
  for (Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::not_applicable}) {
    const auto count = std::count_if(record.verdicts.begin(), record.verdicts.end(),
                                     [&](const VerdictRow& row) { return row.verdict == verdict; });
    if (!text.empty()) text += say(in_context("criteria", ", "));
    text += verdict_text(verdict) + " " + std::to_string(count);
  }
  return text;
}

std::string basis_text(const VisitRecord& record) {
  std::string text;
  if (!record.catalogue.empty()) text += say_with("Catalogue {0}. ", {record.catalogue});
  if (record.judged_on) text += say_with("As of {0}. ", {format_day(*record.judged_on)});
  text += say_with("{0} rules: {1}.", {std::to_string(record.verdicts.size()), count_text(record)});
  const bool all_in_force = std::all_of(record.verdicts.begin(), record.verdicts.end(),
                                        [](const VerdictRow& row) { return row.basis_state == BasisState::in_force; });
  if (!all_in_force) {
    text += say(" Where the basis is not in force the rule is still computed from its text, for information only.");
  }
  return text;
}

std::string reason_text(const VerdictRow& row) {
  std::string text = row.reason;
  for (const std::string& missing : row.missing) {
    text += (text.empty() ? "" : "\n") + say_with("missing: {0}", {missing});
  }
  return text.empty() ? "—" : text;
}

std::string rule_text(const VerdictRow& row) {
  return row.rule + (row.title.empty() ? "" : "\n" + row.title);
}

std::string clause_text(const VerdictRow& row) {
  return (row.clause.empty() ? not_recorded() : row.clause) + say_with("\n[{0}]", {basis_state_text(row.basis_state)});
}

typeset::Row verdict_row(const VerdictRow& row) {
  typeset::Cell result{.text = verdict_text(row.verdict)};
  if (row.verdict == Verdict::fail) {
    result.bold = true;
    result.color = typeset::Color{0.7, 0.05, 0.05};
  }
  return {.cells = {{.text = rule_text(row)},
                    std::move(result),
                    {.text = reason_text(row)},
                    {.text = clause_text(row)},
                    {.text = row.consequence.empty() ? std::string("—") : row.consequence}}};
}

// The expected targets and tracked matters: how things stand, with the clause.
void write_reports(Sections& sections, const VisitRecord& record) {
  if (record.reports.empty()) return;
  auto& document = sections.begin(say_text("Expected targets and tracked matters (reported, never passed or failed)"));
  typeset::Table table{
      .columns = {{say_text("Rule"), 4}, {say_text("How it stands"), 8.4}, {say_text("Clause, standing"), 6.4}}};
  for (const VerdictRow& row : record.reports) {
    table.rows.push_back({.cells = {{.text = rule_text(row)}, {.text = reason_text(row)}, {.text = clause_text(row)}}});
  }
  document.add(std::move(table));
}

}  // namespace

void write_verdicts(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Check results, rule by rule"));
  typeset::Paragraph machine{.text = say_text("Compared automatically, not verified by a person; no basis for a "
                                              "finding."),
                             .keep_with_next = true};
  machine.style = {.size_pt = 9.5, .bold = true};
  document.add(std::move(machine));
  if (record.verdicts.empty()) {
    document.add_paragraph(say_text("Nothing was checked."));
    write_reports(sections, record);
    return;
  }
  document.add_note(basis_text(record), true);
  typeset::Table table{.columns = {{say_text("Rule"), 4},
                                   {say_text("Result"), 2},
                                   {say_text("Reason"), 5.4},
                                   {say_text("Clause, standing"), 4},
                                   {say_text("Consequence in the source"), 3.4}}};
  for (const VerdictRow& row : record.verdicts) table.rows.push_back(verdict_row(row));
  document.add(std::move(table));
  write_reports(sections, record);
}

}  // namespace kuangxun::report
