#include "app/cli/command.h"
#include "app/cli/findings.h"
#include "app/cli/shared_words.h"
#include "app/columns/line_width.h"
#include "app/columns/table.h"
#include "app/criteria/explain.h"
#include "app/criteria/shelf.h"
#include "app/json/json_value.h"
#include "app/printout/check.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

JsonValue day_or_null(const std::optional<Day>& day) {
  return day ? JsonValue::string(format_day(*day)) : JsonValue();
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
  json.add("edition", number_or_null(static_cast<std::size_t>(explanation.file->edition)));
  json.add("on", JsonValue::string(format_day(on)));
  json.add("basis", basis_json(explanation.document, explanation.clause, rule.plan_basis, explanation.basis_state));
  json.add("legal_basis", explanation.legal_document.empty()
                              ? JsonValue()
                              : basis_json(explanation.legal_document, explanation.legal_clause, rule.legal_basis,
                                           explanation.legal_state));
  json.add("mark", JsonValue::string(criteria::name_of(rule.mark)));
  json.add("applies_to", JsonValue::strings(explanation.kinds));
  json.add("applies_when", JsonValue::strings(explanation.applies));
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
  json.add("missing", JsonValue::strings(explanation.verdict->missing));
  json.add("would_decide", deciders_json(explanation.deciders));
  return json;
}

void print_explanation(std::ostream& out, const criteria::Explanation& explanation) {
  constexpr std::size_t heading_width = 18;
  out << explanation.rule->id << "  " << explanation.rule->title.text() << '\n';
  const std::size_t width = columns::line_width_of(out);
  for (const auto& line : criteria::lines_of(explanation)) {
    std::string heading =
        line.heading + std::string(heading_width - std::min(heading_width, columns::display_width(line.heading)), ' ');
    const std::size_t room = width == 0 ? 0 : std::max<std::size_t>(width, heading_width + 30) - heading_width - 2;
    for (const std::string& part : columns::wrap_text(line.text, room)) {
      out << "  " << heading << part << '\n';
      heading.assign(heading_width, ' ');
    }
  }
}

struct Explain final : Command {
  std::string rule;
  std::string site;
  std::string on;

  void describe(WordList& words) override {
    words.about(
        say_text("what a rule rests on, asks and reads; with --site what it finds there and what would decide it"));
    words.argument("RULE", rule, say_text("id of the rule, like R05"));
    words.option("--site", "ID", site, say_text("a place (id or name)"));
    take_day_of_rules(words, on);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(day, printout::day_asked_for(on, context.today()));
    KX_TRY(store, context.office.reader());
    KX_TRY(shelf, context.office.rules(*store));
    KX_TRY(catalogue, shelf.on(day));
    KX_TRY(place, printout::find_checked_place(*store, site));
    KX_TRY(explanation, criteria::explain(*store, *catalogue, {rule, place, day}));
    if (context.is_json) {
      context.out << json::format_json(explanation_json(explanation, day)) << '\n';
    } else {
      print_explanation(context.out, explanation);
    }
    return exit_done;
  }
};

const Registered<Explain> registered("criteria explain", 203);

}  // namespace
}  // namespace kuangxun::cli
