#include "app/cli/command.h"
#include "app/cli/findings.h"
#include "app/cli/shared_words.h"
#include "app/columns/table.h"
#include "app/criteria/shelf.h"
#include "app/json/json_value.h"
#include "app/printout/check.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using criteria::CatalogueShelf;
using criteria::LintFinding;
using json::JsonValue;

JsonValue day_or_null(const std::optional<Day>& day) {
  return day ? JsonValue::string(format_day(*day)) : JsonValue();
}

JsonValue entry_json(const CatalogueShelf::Entry& entry) {
  const criteria::CatalogueFile& file = entry.file;
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(file.id));
  json.add("origin", JsonValue::string(criteria::name_of(file.origin)));
  json.add("edition", number_or_null(static_cast<std::size_t>(file.edition)));
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

struct List final : Command {
  std::string on;

  void describe(WordList& words) override {
    words.about(say_text("which edition of each catalogue is in force, and why others are not"));
    take_day_of_rules(words, on);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(day, printout::day_asked_for(on, context.today()));
    KX_TRY(store, context.office.reader());
    KX_TRY(shelf, context.office.rules(*store));
    KX_TRY(entries, shelf.entries_on(day));
    KX_TRY(catalogue, shelf.on(day));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("on", JsonValue::string(format_day(day)));
      JsonValue files = JsonValue::array();
      for (const auto& entry : entries) files.push(entry_json(entry));
      json.add("catalogues", std::move(files));
      JsonValue rules = JsonValue::array();
      for (const auto* rule : catalogue->rules_on(day)) rules.push(rule_json(*catalogue, *rule, day));
      json.add("rules", std::move(rules));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    columns::Table table({say_text("catalogue"), say_text("origin"), say_text("rules"), say_text("from"),
                          say_text("publisher"), say_text("state")});
    for (const auto& entry : entries) {
      const auto& file = entry.file;
      table.add({file.title(), std::string(criteria::label_of(file.origin)),
                 file.rules == 0 ? std::string() : std::to_string(file.rules), file.from ? format_day(*file.from) : "",
                 file.publisher,
                 entry.why_not.empty() ? say_text("in force") : say_text("not used: ") + entry.why_not});
    }
    table.print(context.out);
    return exit_done;
  }
};

const Registered<List> registered("criteria list", 201);

}  // namespace
}  // namespace kuangxun::cli
