#include "app/printout/check.h"

#include <algorithm>
#include <ostream>

#include "app/columns/line_width.h"
#include "app/inspect/edit/reference.h"
#include "app/printout/verdict_text.h"
#include "db/base/calendar.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::printout {
namespace {

using criteria::Outcome;
using criteria::Verdict;
using json::JsonValue;

// A plain decimal stays a number; "medium|small" and "unknown" are words.
JsonValue fact_json(const std::string& value) {
  const bool is_number =
      !value.empty() && value.find_first_not_of("-0123456789.") == std::string::npos && json::parse_json(value).ok();
  return is_number ? JsonValue::number(value) : JsonValue::string_or_null(value);
}

JsonValue verdict_json(const Verdict& verdict) {
  JsonValue json = JsonValue::object();
  json.add("site", JsonValue::string(verdict.site.text()));
  json.add("site_name", JsonValue::string(verdict.site_name));
  json.add("site_kind", JsonValue::string(records::kind_of(verdict.site_kind).name));
  json.add("rule", JsonValue::string(verdict.rule));
  json.add("catalogue", JsonValue::string(verdict.catalogue));
  json.add("title", JsonValue::string(verdict.title));
  json.add("kind", JsonValue::string(criteria::name_of(verdict.kind)));
  json.add("verdict", JsonValue::string(criteria::name_of(verdict.outcome)));
  json.add("reason", JsonValue::string(verdict.reason));
  json.add("missing", JsonValue::strings(verdict.missing));
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

JsonValue catalogue_json(const criteria::CatalogueFile& file) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(file.id));
  json.add("origin", JsonValue::string(criteria::name_of(file.origin)));
  json.add("edition", file.edition == 0 ? JsonValue() : JsonValue::integer(file.edition));
  json.add("version", JsonValue::string_or_null(file.version));
  json.add("rules", JsonValue::integer(static_cast<std::int64_t>(file.rules)));
  json.add("sha256", JsonValue::string(file.sha256()));
  return json;
}

}  // namespace

Result<Day> day_asked_for(const std::string& on, Day today) {
  if (on.empty()) return today;
  const auto day = parse_day(on);
  if (!day.ok()) return Error(ErrorCode::usage, "--on: " + day.error().words());
  return day;
}

Result<std::optional<Uuid>> find_checked_place(history::RecordReader& reader, const std::string& text) {
  if (text.empty()) return std::optional<Uuid>();
  std::vector<records::KindNumber> kinds = inspect::place_kinds();
  kinds.push_back(records::kinds::county);
  kinds.push_back(records::kinds::key_project);
  KX_TRY(id, inspect::find_record(reader, text, kinds));
  return std::optional(id);
}

JsonValue check_json(const criteria::Catalogue& catalogue, Day on, const std::vector<Verdict>& verdicts) {
  JsonValue json = JsonValue::object();
  json.add("catalogue", JsonValue::string(catalogue.id()));
  JsonValue files = JsonValue::array();
  for (const auto& file : catalogue.files()) files.push(catalogue_json(file));
  json.add("catalogues", std::move(files));
  json.add("on", JsonValue::string(format_day(on)));
  JsonValue all = JsonValue::array();
  for (const Verdict& verdict : verdicts) all.push(verdict_json(verdict));
  json.add("verdicts", std::move(all));
  return json;
}

void print_check(std::ostream& out, std::ostream& err, const criteria::Catalogue& catalogue, Day on,
                 const std::vector<Verdict>& verdicts) {
  print_verdicts(out, verdicts, on, columns::line_width_of(out));
  out << say_text("catalogues: ") << catalogue.title() << '\n';
  for (const auto& refused : catalogue.refused()) {
    err << say_with("mind: the catalogue {0} is not used: {1}", {refused.file.title(), refused.reason}) << '\n';
  }
}

Result<bool> check(history::RecordReader& reader, criteria::CatalogueShelf& shelf, Day on, const CheckWords& words,
                   std::ostream& out, std::ostream& err) {
  KX_TRY(catalogue, words.catalogue.empty() ? shelf.on(on) : shelf.one_on(words.catalogue, on));
  KX_TRY(site, find_checked_place(reader, words.site));
  KX_TRY(verdicts, criteria::check(reader, *catalogue, {site, on}));
  if (words.as_json) {
    out << json::format_json(check_json(*catalogue, on, verdicts)) << '\n';
  } else {
    print_check(out, err, *catalogue, on, verdicts);
  }
  return std::ranges::find(verdicts, Outcome::fail, &Verdict::outcome) == verdicts.end();
}

}  // namespace kuangxun::printout
