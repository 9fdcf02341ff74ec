#include "app/cli/command.h"
#include "app/cli/findings.h"
#include "app/cli/shared_words.h"
#include "app/criteria/shelf.h"
#include "app/json/json_value.h"
#include "app/printout/check.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using criteria::CatalogueShelf;
using criteria::LintFinding;
using json::JsonValue;

Result<std::vector<LintFinding>> lint_everything(CatalogueShelf& shelf, Day on) {
  KX_TRY(entries, shelf.entries_on(on));
  KX_TRY(catalogue, shelf.on(on));
  std::vector<LintFinding> findings;
  for (const CatalogueShelf::Entry& entry : entries) {
    findings.insert(findings.end(), entry.findings.begin(), entry.findings.end());
  }
  for (const auto& refused : catalogue->refused()) {
    if (refused.findings.empty()) findings.push_back({refused.file.name, 0, 0, {}, 0, refused.reason});
  }
  const auto of_checklists = catalogue->checklist_findings();
  findings.insert(findings.end(), of_checklists.begin(), of_checklists.end());
  return findings;
}

struct Lint final : Command {
  std::string file_name;
  std::string on;

  void describe(WordList& words) override {
    words.about(
        say_text("look through a file of rules, with line, column and character; all of this laptop without one; exit "
                 "code 3 when something is wrong"));
    words.argument("FILE", file_name, say_text("a CSV file")).optional();
    take_day_of_rules(words, on);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(day, printout::day_asked_for(on, context.today()));
    CatalogueShelf shelf(context.assets(), context.office.folder() / "criteria");
    // A file is looked at in an office that may have no data folder.
    if (file_name.empty() || std::filesystem::exists(context.office.folder())) {
      KX_TRY(store, context.office.reader());
      KX_CHECK(shelf.read(*store));
    } else {
      KX_CHECK(shelf.read_files());
    }
    std::vector<LintFinding> findings;
    if (file_name.empty()) {
      KX_TRY(all, lint_everything(shelf, day));
      findings = std::move(all);
    } else {
      KX_TRY(file, criteria::read_catalogue_file(file_name, criteria::CatalogueOrigin::local));
      KX_TRY(all, shelf.lint_candidate(file, day));
      findings = std::move(all);
    }
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("ok", JsonValue::boolean(findings.empty()));
      JsonValue all = JsonValue::array();
      for (const LintFinding& finding : findings) all.push(finding_json(finding));
      json.add("findings", std::move(all));
      context.out << json::format_json(json) << '\n';
    } else {
      print_findings(context.out, findings);
      context.out << (findings.empty() ? say_text("nothing is wrong")
                                       : say_with("{0} findings; it is not used", {std::to_string(findings.size())}))
                  << '\n';
    }
    return findings.empty() ? exit_done : exit_bad_input;
  }
};

const Registered<Lint> registered("criteria lint", 202);

}  // namespace
}  // namespace kuangxun::cli
