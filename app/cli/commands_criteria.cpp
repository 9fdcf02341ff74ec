#include <ostream>

#include "app/cli/criteria_words.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "app/cli/terminal.h"
#include "app/criteria/explain.h"
#include "app/printout/check.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/criteria_catalogue.h"
#include "db/records/kinds.h"

// The rules themselves: which are in force, whether a file is sound, what a rule asks, and publishing one.
namespace kuangxun::cli {
namespace {

using criteria::CatalogueShelf;
using criteria::LintFinding;

JsonValue count(std::size_t number) {
  return number == 0 ? JsonValue() : JsonValue::integer(static_cast<std::int64_t>(number));
}

JsonValue finding_json(const LintFinding& finding) {
  JsonValue json = JsonValue::object();
  json.add("file", JsonValue::string(finding.file));
  json.add("line", count(finding.line));
  json.add("column", count(finding.column));
  json.add("column_name", JsonValue::string_or_null(finding.column_name));
  json.add("character", count(finding.character));
  json.add("message", JsonValue::string(finding.message));
  return json;
}

JsonValue day_or_null(const std::optional<Day>& day) {
  return day ? JsonValue::string(format_day(*day)) : JsonValue();
}

JsonValue entry_json(const CatalogueShelf::Entry& entry) {
  const criteria::CatalogueFile& file = entry.file;
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(file.id));
  json.add("origin", JsonValue::string(criteria::name_of(file.origin)));
  json.add("edition", count(static_cast<std::size_t>(file.edition)));
  json.add("version", JsonValue::string_or_null(file.version));
  json.add("in_force", JsonValue::boolean(entry.why_not.empty()));
  json.add("why_not", JsonValue::string_or_null(entry.why_not));
  json.add("from", day_or_null(file.from));
  json.add("publisher", JsonValue::string_or_null(file.publisher));
  json.add("reason", JsonValue::string_or_null(file.reason));
  json.add("record", file.record.is_nil() ? JsonValue() : JsonValue::string(file.record.text()));
  json.add("sha256", JsonValue::string(file.sha256()));
  JsonValue findings = JsonValue::array();
  for (const LintFinding& finding : entry.findings) findings.push(finding_json(finding));
  json.add("findings", std::move(findings));
  return json;
}

JsonValue rule_json(const criteria::Catalogue& catalogue, const criteria::Rule& rule, Day on) {
  JsonValue json = JsonValue::object();
  json.add("rule", JsonValue::string(rule.id));
  json.add("catalogue", JsonValue::string(catalogue.file_of(rule).id));
  json.add("title", JsonValue::string(rule.title.text()));
  json.add("kind", JsonValue::string(criteria::name_of(rule.kind)));
  json.add("enabled", JsonValue::boolean(rule.is_enabled));
  json.add("basis_state", JsonValue::string(criteria::name_of(criteria::state_of(rule.plan_basis, on))));
  json.add("mark", JsonValue::string(criteria::name_of(rule.mark)));
  return json;
}

void print_findings(std::ostream& out, const std::vector<LintFinding>& findings) {
  for (const LintFinding& finding : findings) out << finding.text() << '\n';
}

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

JsonValue strings(const std::vector<std::string>& texts) {
  JsonValue all = JsonValue::array();
  for (const std::string& text : texts) all.push(JsonValue::string(text));
  return all;
}

JsonValue input_json(const criteria::ExplainedInput& input, bool has_place) {
  JsonValue json = JsonValue::object();
  json.add("name", JsonValue::string(input.name));
  json.add("label", JsonValue::string(input.label));
  json.add("type", JsonValue::string(input.type));
  json.add("unit", JsonValue::string_or_null(input.unit));
  json.add("where", JsonValue::string_or_null(input.hint));
  if (!has_place) return json;
  json.add("value", JsonValue::string(input.value));
  json.add("shown", JsonValue::string(input.shown));
  json.add("source", JsonValue::string_or_null(input.source));
  json.add("known", JsonValue::boolean(input.is_known));
  json.add("disputed", JsonValue::boolean(input.is_disputed));
  json.add("example", JsonValue::boolean(input.is_example));
  return json;
}

JsonValue basis_json(const std::string& document, const std::string& clause, const criteria::Basis& basis,
                     criteria::BasisState state) {
  JsonValue json = JsonValue::object();
  json.add("document", JsonValue::string(document));
  json.add("clause", JsonValue::string(clause));
  json.add("from", day_or_null(basis.from));
  json.add("to", day_or_null(basis.to));
  json.add("superseded_by", JsonValue::string_or_null(basis.superseded_by));
  json.add("basis_state", JsonValue::string(criteria::name_of(state)));
  json.add("mark", JsonValue::string(criteria::name_of(basis.mark)));
  return json;
}

JsonValue deciders_json(const std::vector<criteria::Decider>& deciders) {
  JsonValue all = JsonValue::array();
  for (const criteria::Decider& decider : deciders) {
    JsonValue json = JsonValue::object();
    json.add("fact", JsonValue::string(decider.name));
    json.add("label", JsonValue::string(decider.label));
    json.add("where", JsonValue::string_or_null(decider.hint));
    json.add("decides_alone", JsonValue::boolean(decider.decides));
    JsonValue outcomes = JsonValue::array();
    for (const auto& outcome : decider.outcomes) {
      JsonValue one = JsonValue::object();
      one.add("value", JsonValue::string(outcome.value));
      one.add("verdict", JsonValue::string(criteria::name_of(outcome.outcome)));
      outcomes.push(std::move(one));
    }
    json.add("outcomes", std::move(outcomes));
    all.push(std::move(json));
  }
  return all;
}

JsonValue explanation_json(const criteria::Explanation& explanation, Day on) {
  const criteria::Rule& rule = *explanation.rule;
  JsonValue json = JsonValue::object();
  json.add("rule", JsonValue::string(rule.id));
  json.add("title", JsonValue::string(rule.title.text()));
  json.add("kind", JsonValue::string(criteria::name_of(rule.kind)));
  json.add("expected", JsonValue::boolean(rule.is_expected));
  json.add("enabled", JsonValue::boolean(rule.is_enabled));
  json.add("veto", JsonValue::boolean(rule.is_veto));
  json.add("catalogue", JsonValue::string(explanation.file->id));
  json.add("edition", count(static_cast<std::size_t>(explanation.file->edition)));
  json.add("on", JsonValue::string(format_day(on)));
  json.add("basis", basis_json(explanation.document, explanation.clause, rule.plan_basis, explanation.basis_state));
  json.add("legal_basis", explanation.legal_document.empty()
                              ? JsonValue()
                              : basis_json(explanation.legal_document, explanation.legal_clause, rule.legal_basis,
                                           explanation.legal_state));
  json.add("mark", JsonValue::string(criteria::name_of(rule.mark)));
  json.add("applies_to", strings(explanation.kinds));
  json.add("applies_when", strings(explanation.applies));
  json.add("condition", JsonValue::string_or_null(rule.condition.text));
  json.add("condition_words", JsonValue::string_or_null(explanation.condition));
  JsonValue inputs = JsonValue::array();
  for (const auto& input : explanation.inputs) inputs.push(input_json(input, explanation.verdict.has_value()));
  json.add("inputs", std::move(inputs));
  JsonValue stated = JsonValue::array();
  for (const auto& one : explanation.stated) stated.push(JsonValue::string(one.text.text()));
  json.add("stated", std::move(stated));
  json.add("consequence", JsonValue::string_or_null(explanation.consequence));
  if (!explanation.verdict) return json;
  json.add("site", JsonValue::string(explanation.verdict->site.text()));
  json.add("site_name", JsonValue::string(explanation.verdict->site_name));
  json.add("verdict", JsonValue::string(criteria::name_of(explanation.verdict->outcome)));
  json.add("reason", JsonValue::string(explanation.verdict->reason));
  json.add("missing", strings(explanation.verdict->missing));
  json.add("would_decide", deciders_json(explanation.deciders));
  return json;
}

void print_explanation(std::ostream& out, const criteria::Explanation& explanation) {
  constexpr std::size_t heading_width = 18;
  out << explanation.rule->id << "  " << explanation.rule->title.text() << '\n';
  const std::size_t width = line_width_of(out);
  for (const auto& line : criteria::lines_of(explanation)) {
    std::string heading =
        line.heading + std::string(heading_width - std::min(heading_width, display_width(line.heading)), ' ');
    const std::size_t room = width == 0 ? 0 : std::max<std::size_t>(width, heading_width + 30) - heading_width - 2;
    for (const std::string& part : wrap_text(line.text, room)) {
      out << "  " << heading << part << '\n';
      heading.assign(heading_width, ' ');
    }
  }
}

// The county would hide it anyway; better told at once.
Status check_may_publish(Context& context, history::RecordStore& store) {
  KX_TRY(all, context.office.people().list(store));
  for (const people::Person& person : all) {
    if (person.id == context.person && person.role == "administrator" && !person.has_ended) return {};
  }
  return Error(ErrorCode::refused,
               phrase("only an administrator publishes rules, on an administrator's laptop; say who with --person"));
}

}  // namespace

Result<Day> day_asked_for(const Context& context) {
  return printout::day_asked_for(context.invocation.on, context.today());
}

Result<CatalogueShelf> open_shelf(const Context& context, history::RecordStore& store) {
  return context.office.rules(store);
}

Result<int> run_criteria_list(Context& context) {
  KX_TRY(on, day_asked_for(context));
  KX_TRY(store, context.office.reader());
  KX_TRY(shelf, open_shelf(context, *store));
  KX_TRY(entries, shelf.entries_on(on));
  KX_TRY(catalogue, shelf.on(on));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("on", JsonValue::string(format_day(on)));
    JsonValue files = JsonValue::array();
    for (const auto& entry : entries) files.push(entry_json(entry));
    json.add("catalogues", std::move(files));
    JsonValue rules = JsonValue::array();
    for (const auto* rule : catalogue->rules_on(on)) rules.push(rule_json(*catalogue, *rule, on));
    json.add("rules", std::move(rules));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  Table table({say_text("catalogue"), say_text("origin"), say_text("rules"), say_text("from"), say_text("publisher"),
               say_text("state")});
  for (const auto& entry : entries) {
    const auto& file = entry.file;
    table.add({file.title(), std::string(criteria::label_of(file.origin)),
               file.rules == 0 ? std::string() : std::to_string(file.rules), file.from ? format_day(*file.from) : "",
               file.publisher, entry.why_not.empty() ? say_text("in force") : say_text("not used: ") + entry.why_not});
  }
  table.print(context.out);
  return exit_done;
}

Result<int> run_criteria_lint(Context& context) {
  KX_TRY(on, day_asked_for(context));
  CatalogueShelf shelf(context.assets(), context.office.folder() / "criteria");
  // A file is looked at in an office that may have no data folder.
  if (context.invocation.file.empty() || std::filesystem::exists(context.office.folder())) {
    KX_TRY(store, context.office.reader());
    KX_CHECK(shelf.read(*store));
  } else {
    KX_CHECK(shelf.read_files());
  }
  std::vector<LintFinding> findings;
  if (context.invocation.file.empty()) {
    KX_TRY(all, lint_everything(shelf, on));
    findings = std::move(all);
  } else {
    KX_TRY(file, criteria::read_catalogue_file(context.invocation.file, criteria::CatalogueOrigin::local));
    KX_TRY(all, shelf.lint_candidate(file, on));
    findings = std::move(all);
  }
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("ok", JsonValue::boolean(findings.empty()));
    JsonValue all = JsonValue::array();
    for (const LintFinding& finding : findings) all.push(finding_json(finding));
    json.add("findings", std::move(all));
    context.out << format_json(json) << '\n';
  } else {
    print_findings(context.out, findings);
    context.out << (findings.empty() ? say_text("nothing is wrong")
                                     : say_with("{0} findings; it is not used", {std::to_string(findings.size())}))
                << '\n';
  }
  return findings.empty() ? exit_done : exit_bad_input;
}

Result<int> run_criteria_explain(Context& context) {
  KX_TRY(on, day_asked_for(context));
  KX_TRY(store, context.office.reader());
  KX_TRY(shelf, open_shelf(context, *store));
  KX_TRY(catalogue, shelf.on(on));
  KX_TRY(site, printout::find_checked_place(*store, context.invocation.site));
  KX_TRY(explanation, criteria::explain(*store, *catalogue, {context.invocation.id, site, on}));
  if (context.invocation.json) {
    context.out << format_json(explanation_json(explanation, on)) << '\n';
  } else {
    print_explanation(context.out, explanation);
  }
  return exit_done;
}

Result<int> run_criteria_publish(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(file, criteria::read_catalogue_file(invocation.file, criteria::CatalogueOrigin::local));
  if (!invocation.catalogue.empty()) file.id = invocation.catalogue;
  file.version = invocation.version;
  file.reason = trim(invocation.why);
  if (file.reason.empty()) return Error(ErrorCode::usage, phrase("say why with --reason"));
  KX_TRY(from, day_asked_for(context));
  file.from = from;
  KX_TRY(store, context.office.writer());
  KX_CHECK(check_may_publish(context, *store));
  KX_TRY(shelf, open_shelf(context, *store));
  KX_TRY(findings, shelf.lint_candidate(file, from));
  if (!findings.empty()) {
    print_findings(context.err, findings);
    return Error(ErrorCode::bad_input, phrase("{0} has {1} findings and was not published",
                                              {invocation.file, std::to_string(findings.size())}));
  }
  KX_TRY(record, criteria::make_publication(*store, file, make_uuid(context.clock(), context.random())));
  inspect::Desk desk = context.desk(*store);
  KX_CHECK(inspect::commit(desk, history::edits_for_new(record)));
  if (invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("id", JsonValue::string(record.id().text()));
    json.add("catalogue", JsonValue::string(file.id));
    json.add("edition", JsonValue::integer(record.integer(records::criteria_catalogue::edition)));
    json.add("from", JsonValue::string(format_day(from)));
    json.add("sha256", JsonValue::string(record.text(records::criteria_catalogue::content_sha256)));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say_with("signed: {0}, edition {1}, in force from {2}; every laptop uses it after a sync",
                            {file.id, std::to_string(record.integer(records::criteria_catalogue::edition)),
                             format_day(from)})
                << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
