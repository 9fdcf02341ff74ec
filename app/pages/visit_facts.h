#pragma once

#include "app/inspect/photo/photo_standing.h"
#include "app/inspect/place/dossier.h"
#include "app/pages/context.h"

namespace kuangxun::pages {

// A visit with everything under it, read once: what its pages are made from.
struct VisitFacts {
  inspect::RecordFacts facts;
  records::Record place;
  bool is_signed = false;

  const records::Record& visit() const { return facts.view.record; }
  bool is_open() const { return !visit().is_voided() && !is_signed; }
  // What may be edited: all of an unsigned visit, and what was added after the signing.
  bool is_editable(const inspect::Child& child) const {
    return !visit().is_voided() && !child.record.is_voided() && (!is_signed || child.is_added_after_signing);
  }
  std::vector<const inspect::Child*> children(records::KindNumber kind) const;
};
Result<VisitFacts> read_visit(history::RecordReader& store, const Uuid& visit);

// Voided why, added after the signing, in dispute, hidden; empty when there is nothing to say.
std::string standing_of(const inspect::Child& child, bool is_disputed, const inspect::HiddenChanges& hidden);
std::string standing_of(Context& context, const inspect::Child& child);
// A field of a record that would be begun under the visit.
FieldAddress address_in(const VisitFacts& visit, records::KindNumber kind, std::string field,
                        std::vector<inspect::FieldText> seed = {});

// The units that a visit may speak of: those of its place, or the place itself.
Result<std::vector<records::Record>> units_of(history::RecordReader& store, const VisitFacts& visit);
// The visit's corners of a unit in their order.
std::vector<const records::Record*> corners_of(const VisitFacts& visit, const Uuid& unit);
// The status of a unit that this visit recorded last, not void.
const inspect::Child* latest_status(const VisitFacts& visit, const Uuid& unit);

// "2026-07-01 10:00" of a field, Beijing time; empty when it is not recorded.
std::string minute_text(const records::Record& record, const records::NumberHandle& field);

}  // namespace kuangxun::pages
