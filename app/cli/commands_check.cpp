#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/terminal.h"
#include "app/cli/verdict_text.h"
#include "app/criteria/check.h"
#include "app/inspect/reference.h"
#include "db/base/language.h"
#include "db/base/text.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using criteria::Outcome;
using criteria::Verdict;

JsonValue strings(const std::vector<std::string>& texts) {
  JsonValue all = JsonValue::array();
  for (const std::string& text : texts) all.push(JsonValue::string(text));
  return all;
}

// A plain decimal stays a number; "medium|small" and "unknown" are words.
JsonValue fact_json(const std::string& value) {
  const bool is_number =
      !value.empty() && value.find_first_not_of("-0123456789.") == std::string::npos && parse_json(value).ok();
  return is_number ? JsonValue::number(value) : JsonValue::string_or_null(value);
}

JsonValue verdict_json(const Verdict& verdict) {
  JsonValue json = JsonValue::object();
  json.add("site", JsonValue::string(verdict.site.text()));
  json.add("site_name", JsonValue::string(verdict.site_name));
  json.add("site_kind", JsonValue::string(records::kind_of(verdict.site_kind).name));
  json.add("rule", JsonValue::string(verdict.rule));
  json.add("title", JsonValue::string(verdict.title));
  json.add("kind", JsonValue::string(criteria::name_of(verdict.kind)));
  json.add("verdict", JsonValue::string(criteria::name_of(verdict.outcome)));
  json.add("reason", JsonValue::string(verdict.reason));
  json.add("missing", strings(verdict.missing));
  JsonValue inputs = JsonValue::object();
  for (const criteria::Input& input : verdict.inputs) {
    if (inputs.find(input.name) == nullptr) inputs.add(input.name, fact_json(input.value));
  }
  json.add("inputs", std::move(inputs));
  json.add("clause", JsonValue::string(verdict.clause));
  json.add("legal_clause", JsonValue::string_or_null(verdict.legal_clause));
  json.add("basis_state", JsonValue::string(criteria::name_of(verdict.basis_state)));
  json.add("consequence", JsonValue::string_or_null(verdict.consequence));
  json.add("mark", JsonValue::string(criteria::name_of(verdict.mark)));
  json.add("veto", JsonValue::boolean(verdict.is_veto));
  json.add("example", JsonValue::boolean(verdict.uses_example_data));
  return json;
}

// The county and its key projects are places too where rules are checked.
Result<std::optional<Uuid>> find_site(history::RecordStore& store, const std::string& text) {
  if (text.empty()) return std::optional<Uuid>();
  std::vector<records::KindNumber> kinds = inspect::place_kinds();
  kinds.push_back(records::kinds::county);
  kinds.push_back(records::kinds::key_project);
  KX_TRY(id, inspect::find_record(store, text, kinds));
  return std::optional(id);
}

}  // namespace

Result<int> run_check(Context& context) {
  const Invocation& invocation = context.invocation;
  Day on = context.today();
  if (!invocation.on.empty()) {
    const auto day = parse_day(invocation.on);
    if (!day.ok()) return Error(ErrorCode::usage, "--on: " + day.error().message());
    on = *day;
  }
  KX_TRY(catalogue, criteria::Catalogue::load(context.ports.assets, invocation.catalogue.empty()
                                                                        ? criteria::Catalogue::default_id
                                                                        : std::string_view(invocation.catalogue)));
  KX_TRY(store, context.workplace.reader());
  KX_TRY(site, find_site(*store, invocation.site));
  KX_TRY(verdicts, criteria::check(*store, catalogue, {site, on}));
  bool has_failed = false;
  for (const Verdict& verdict : verdicts) has_failed = has_failed || verdict.outcome == Outcome::fail;
  if (invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("catalogue", JsonValue::string(catalogue.id()));
    json.add("on", JsonValue::string(format_day(on)));
    JsonValue all = JsonValue::array();
    for (const Verdict& verdict : verdicts) all.push(verdict_json(verdict));
    json.add("verdicts", std::move(all));
    context.out << format_json(json) << '\n';
  } else {
    print_verdicts(context.out, verdicts, on, line_width_of(context.out));
  }
  return has_failed ? exit_answer_is_no : exit_done;
}

}  // namespace kuangxun::cli
