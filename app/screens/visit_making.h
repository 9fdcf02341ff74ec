#pragma once

#include "app/pages/visit_facts.h"
#include "app/screens/making.h"

// For this folder: the parts of a visit's view.
namespace kuangxun::screens {

using pages::address_in;
using pages::corners_of;
using pages::read_visit;
using pages::units_of;
using pages::VisitFacts;
inline std::string standing_of(const Making& making, const inspect::Child& child) {
  return pages::standing_of(child, making.is_disputed(child.record.id()), making.known.hidden);
}

void add_positions(const Making& making, const VisitFacts& visit, VisitView& view);
void add_areas(const Making& making, const VisitFacts& visit, VisitView& view);
void add_markers(const Making& making, const VisitFacts& visit, VisitView& view);

}  // namespace kuangxun::screens
