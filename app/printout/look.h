#pragma once

#include <iosfwd>
#include <string>

#include "db/base/calendar.h"
#include "db/base/result.h"

namespace kuangxun::history {
class RecordReader;
}
namespace kuangxun::criteria {
class CatalogueShelf;
}

namespace kuangxun::printout {

// `look`: the dossier of a place, an id or a name, and its verdicts on a day; what is not used of the rules goes to
// `err`.
Status look(history::RecordReader& reader, criteria::CatalogueShelf& shelf, Day on, const std::string& place_text,
            bool as_json, std::ostream& out, std::ostream& err);

}  // namespace kuangxun::printout
