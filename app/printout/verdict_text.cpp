#include "app/printout/verdict_text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/columns/table.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::printout {
namespace {

using criteria::Outcome;
using criteria::Verdict;

// A document with its standing on the day.
using Basis = std::pair<std::string, criteria::BasisState>;

// What does not apply is left out; what only reports how things stand is not.
bool is_shown(const Verdict& verdict) {
  return verdict.outcome != Outcome::not_applicable || verdict.is_report;
}

std::vector<Basis> bases_of(const std::vector<Verdict>& verdicts) {
  std::vector<Basis> bases;
  for (const Verdict& verdict : verdicts) {
    const Basis basis{verdict.document, verdict.basis_state};
    if (!is_shown(verdict)) continue;
    if (std::ranges::find(bases, basis) == bases.end()) bases.push_back(basis);
  }
  return bases;
}

class VerdictPrinter {
 public:
  VerdictPrinter(std::ostream& out, std::size_t line_width, std::vector<Basis> bases)
      : out_(out), line_width_(line_width), bases_(std::move(bases)) {}

  void print(const Verdict& verdict) {
    const std::string label(criteria::label_of(verdict));
    constexpr std::size_t label_width = 16;
    line(label + std::string(label_width - std::min(label_width, columns::display_width(label)), ' ') + verdict.rule +
             " " + verdict.title + "  〔" + verdict.section + number_of(verdict) + "〕",
         2);
    line(verdict.reason, reason_indent);
    if (verdict.outcome != Outcome::fail) return;
    if (!verdict.consequence.empty()) {
      line(say_text("the plan's consequence: ") + verdict.consequence, reason_indent);
    }
    if (!verdict.legal_clause.empty()) {
      line(say_text("legal basis: ") + verdict.legal_clause, reason_indent);
    }
  }

  void print_bases() {
    for (std::size_t i = 0; i < bases_.size(); ++i) {
      const std::string number = bases_.size() == 1 ? "" : " [" + std::to_string(i + 1) + "]";
      line(say_with("basis{0}: {1} ({2})", {number, bases_[i].first, criteria::label_of(bases_[i].second)}), 0);
    }
  }

  void line(const std::string& text, std::size_t indent) {
    const std::string margin(indent, ' ');
    for (const std::string& part :
         columns::wrap_text(text, line_width_ == 0 ? 0 : std::max(line_width_, indent + 20) - indent)) {
      out_ << margin << part << '\n';
    }
  }

 private:
  static constexpr std::size_t reason_indent = 18;

  // Which of several documents the section is in.
  std::string number_of(const Verdict& verdict) const {
    if (bases_.size() <= 1) return {};
    const auto found = std::ranges::find(bases_, Basis{verdict.document, verdict.basis_state});
    return " [" + std::to_string(found - bases_.begin() + 1) + "]";
  }

  std::ostream& out_;
  std::size_t line_width_;
  std::vector<Basis> bases_;
};

}  // namespace

void print_verdicts(std::ostream& out, const std::vector<Verdict>& verdicts, Day on, std::size_t line_width) {
  VerdictPrinter printer(out, line_width, bases_of(verdicts));
  std::size_t counts[4] = {};
  const Verdict* last = nullptr;
  for (const Verdict& verdict : verdicts) {
    ++counts[static_cast<std::size_t>(verdict.outcome)];
    if (last == nullptr || last->site != verdict.site) {
      printer.line(verdict.site_name + "（" + std::string(records::kind_of(verdict.site_kind).label()) + "）", 0);
    }
    last = &verdict;
    if (is_shown(verdict)) printer.print(verdict);
  }
  const bool none_applies = !verdicts.empty() && std::ranges::none_of(verdicts, is_shown);
  const auto reports = std::ranges::count_if(
      verdicts, [](const Verdict& verdict) { return verdict.is_report && verdict.outcome == Outcome::not_applicable; });
  counts[static_cast<std::size_t>(Outcome::not_applicable)] -= static_cast<std::size_t>(reports);
  if (none_applies) printer.line(say_text("no rule applies here"), 2);
  printer.print_bases();
  const auto count = [&](Outcome outcome) { return std::to_string(counts[static_cast<std::size_t>(outcome)]); };
  printer.line(
      say_with("{0}: {1} pass, {2} fail, {3} cannot be determined, {4} progress, {5} not applicable (those are in "
               "--json)",
               {format_day(on), count(Outcome::pass), count(Outcome::fail), count(Outcome::unknown),
                std::to_string(reports), count(Outcome::not_applicable)}),
      0);
  printer.line(say_text("Compared automatically, not verified by a person; no basis for a finding."), 0);
}

}  // namespace kuangxun::printout
