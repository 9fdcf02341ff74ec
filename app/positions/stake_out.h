#pragma once

#include "app/blocks/block.h"
#include "app/gps/fix.h"
#include "app/licence/corner_markers.h"

// From where the receiver is to a licence corner, in words.
namespace kuangxun::positions {

// Of the corners, the one nearest to the fix; null without a fix.
const licence::Corner* nearest_corner(const std::vector<licence::Corner>& corners, const gps::Fix* fix);
// "向右转 35°": from the course over ground; why not, while nobody walks.
std::string turn_text(const std::optional<double>& turn_deg);
// "东南" / "SE" of a bearing.
std::string compass_text(double bearing_deg);
// Distance, direction and turn; under a metre how far to the north and to the east. Never finer than the errors of the
// receiver and the corner together.
std::vector<blocks::Fact> stake_out_facts(const gps::Fix& fix, const licence::Corner& corner);

}  // namespace kuangxun::positions
