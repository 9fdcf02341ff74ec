#pragma once

#include "app/pages/context.h"
#include "app/pages/visit_facts.h"

namespace kuangxun::positions {

// The points of a visit, each with how it stands to the place's line and elevations.
blocks::Section point_list(pages::Context& context, const pages::VisitFacts& visit);

}  // namespace kuangxun::positions
