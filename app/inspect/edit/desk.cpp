#include "app/inspect/edit/desk.h"

#include <algorithm>

#include "db/history/person_signature.h"

namespace kuangxun::inspect {
namespace {

// Without its bases: an edit upon equal values of two people settles nothing that anybody would have to answer for.
bool deserves_signature(const history::Edit& edit) {
  history::Operation operation;
  operation.kind = edit.kind;
  operation.group = edit.group;
  operation.values = edit.values;
  return history::deserves_person_signature(operation);
}

}  // namespace

Status commit(Desk& desk, std::span<const history::Edit> edits, bool settles) {
  if (desk.signer != nullptr && (settles || std::ranges::any_of(edits, deserves_signature))) {
    KX_CHECK(desk.signer->before_signing(desk.person));
  }
  return desk.store.commit(edits, desk.person);
}

}  // namespace kuangxun::inspect
