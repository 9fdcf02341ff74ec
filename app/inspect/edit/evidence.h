#pragma once

#include <optional>
#include <string>

#include "db/history/record_store.h"

// Evidence is only ever added. While a visit is under way or ended its records may be corrected (the log keeps every
// version). From the moment it is signed, what stood then cannot be changed any more: a mistake is voided with a reason
// and stays visible, and what is added later is marked 签字后补充, by comparing its first operation with the signing.
namespace kuangxun::inspect {

// The visit that a piece of evidence belongs to (a visit belongs to itself); nothing for a record without one.
std::optional<Uuid> visit_of(const records::Record& record);

// Who first closed the visit as signed; nothing while nobody did.
struct Seal {
  Uuid person;
  history::WriterId writer;
  history::HybridTime time;
  bool is_personal = false;  // carries the person's own signature, not the laptop's word alone
};
Result<std::optional<Seal>> seal_of(history::RecordReader& store, const Uuid& visit);

// When the visit was first signed, in the log's time; nothing while it is not.
Result<std::optional<history::HybridTime>> signed_time(history::RecordReader& store, const Uuid& visit);

// Whether the record was begun after its visit was signed. A review comes after by its nature and adds nothing.
Result<bool> is_added_after_signing(history::RecordReader& store, const history::RecordView& view);

// Whether a field of the record may be edited now; the error says why not and what to do instead.
Status check_editable(history::RecordReader& store, const history::RecordView& view,
                      const records::FieldDescription& field);

// Whether a visit may go from one state to another: forward, and back only from ended to under way.
Status check_visit_state(std::int64_t from, std::int64_t to);

// What still keeps a visit from being signed, as a finished sentence; empty when nothing does: it is ended; at least
// two officers with certificate numbers signed; the person present signed too, or the refusal is recorded with its
// reason and a witness. `parties` are those of the visit.
std::string missing_for_signing(const records::Record& visit, const std::vector<records::Record>& parties);

}  // namespace kuangxun::inspect
