#include "app/printout/look.h"

#include <ostream>

#include "app/inspect/edit/reference.h"
#include "app/printout/check.h"
#include "app/printout/place.h"

namespace kuangxun::printout {

Status look(history::RecordReader& reader, criteria::CatalogueShelf& shelf, Day on, const std::string& place_text,
            bool as_json, std::ostream& out, std::ostream& err) {
  KX_TRY(id, inspect::find_record(reader, place_text, inspect::place_kinds()));
  KX_TRY(place, read_place(reader, id));
  KX_TRY(catalogue, shelf.on(on));
  KX_TRY(verdicts, criteria::check(reader, *catalogue, {id, on}));
  if (!as_json) {
    print_place(out, place);
    out << '\n';
    print_check(out, err, *catalogue, on, verdicts);
    return {};
  }
  KX_TRY(json, place_json(reader, place));
  json.add("check", check_json(*catalogue, on, verdicts));
  out << json::format_json(json) << '\n';
  return {};
}

}  // namespace kuangxun::printout
