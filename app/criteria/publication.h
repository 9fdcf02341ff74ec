#pragma once

#include "app/criteria/catalogue.h"
#include "db/history/record_store.h"

// Catalogues that the county publishes: a record of the kind criteria-catalogue, one operation, signed by an
// administrator's own key. It comes with a sync like any other record and is proved here before it is used.
namespace kuangxun::criteria {

struct Publication {
  CatalogueFile file;
  // Why it is not used, finished; empty when it may be from its first day on.
  std::string refusal;
  bool is_withdrawn = false;  // void: nothing that anybody has to mind
};

// All of the store, the newest edition of each catalogue first. Those that are void, wrongly signed, damaged, not yet
// applied by the county, or of an edition that two people published differently carry their refusal.
Result<std::vector<Publication>> read_publications(history::RecordReader& store);

// What is about to be published. `edition` is the next after those that the store has; line ends are LF from here on
// and the byte order mark goes. bad_input when the file is too large for a record.
Result<records::Record> make_publication(history::RecordReader& store, const CatalogueFile& file, const Uuid& id);

}  // namespace kuangxun::criteria
