#pragma once

#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/document.h"

namespace kuangxun::inspect {

// Fills in what follows from the rest (the document's visit, offsets of times, file facts, measured areas, the example
// mark, the state of a visit), checks everything, keeps the files, commits. bad_input or not_found name the place
// in the document, and nothing was changed.
Result<Recorded> record_document(Desk& desk, const Document& document, Completeness completeness = Completeness::whole);

// The same up to the commit, of a document without files: for what is committed together with something else, or only
// tried. Changes nothing.
struct Prepared {
  Recorded recorded;
  std::vector<history::Edit> edits;
};
Result<Prepared> prepare_document(Desk& desk, const Document& document);

}  // namespace kuangxun::inspect
