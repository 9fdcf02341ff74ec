#pragma once

#include "app/screens/making.h"

// For this folder: the parts of a visit's view.
namespace kuangxun::screens {

// A visit with everything under it, read once.
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
Result<VisitFacts> read_visit(const Making& making, const Uuid& visit);

// Voided why, added after the signing, in dispute; empty when there is nothing to say.
std::string standing_of(const Making& making, const inspect::Child& child);
FieldAddress address_in(const VisitFacts& visit, records::KindNumber kind, std::string field,
                        std::vector<inspect::FieldText> seed = {});

void add_people(const Making& making, const VisitFacts& visit, VisitView& view);
void add_positions(const Making& making, const VisitFacts& visit, VisitView& view);
void add_areas(const Making& making, const VisitFacts& visit, VisitView& view);
void add_markers(const Making& making, const VisitFacts& visit, VisitView& view);
void add_checklist(const Making& making, const VisitFacts& visit, VisitView& view);
void add_findings(const Making& making, const VisitFacts& visit, VisitView& view);
Status add_unit_statuses(const Making& making, const VisitFacts& visit, VisitView& view);
Status add_closing(const Making& making, const VisitFacts& visit, VisitView& view);

// The units that a visit may speak of: those of its place, or the place itself.
Result<std::vector<records::Record>> units_of(const Making& making, const VisitFacts& visit);
// The visit's corners of a unit in their order.
std::vector<const records::Record*> corners_of(const VisitFacts& visit, const Uuid& unit);
// The status of a unit that this visit recorded last, not void.
const inspect::Child* latest_status(const VisitFacts& visit, const Uuid& unit);

}  // namespace kuangxun::screens
