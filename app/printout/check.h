#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/criteria/check.h"
#include "app/criteria/shelf.h"
#include "app/json/json_value.h"
#include "app/printout/check_words.h"

// `check`, the same at a laptop and at the county.
namespace kuangxun::printout {

// The day that was typed, else today. usage when it is none.
Result<Day> day_asked_for(const std::string& on, Day today);
// A place by id or name; the county and its key projects are places too where rules are checked. Nothing for an empty
// text.
Result<std::optional<Uuid>> find_checked_place(history::RecordReader& reader, const std::string& text);

// {catalogue, catalogues: [{id, origin, edition, version, rules, sha256}], on, verdicts: [{site, site_name, rule, kind,
// verdict, reason, missing, inputs, clause, basis_state, consequence, …}]}
json::JsonValue check_json(const criteria::Catalogue& catalogue, Day on,
                           const std::vector<criteria::Verdict>& verdicts);
// Verdicts for people, and what of the catalogues is in use; what is not in use goes to `err`.
void print_check(std::ostream& out, std::ostream& err, const criteria::Catalogue& catalogue, Day on,
                 const std::vector<criteria::Verdict>& verdicts);

// Judges and prints. Whether no rule fails.
Result<bool> check(history::RecordReader& reader, criteria::CatalogueShelf& shelf, Day on, const CheckWords& words,
                   std::ostream& out, std::ostream& err);

}  // namespace kuangxun::printout
