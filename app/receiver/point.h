#pragma once

#include "app/gps/averager.h"
#include "app/gps/fix.h"
#include "app/inspect/edit/document.h"

// A fix, or the mean of several, as the fields of a gps-point.
namespace kuangxun::receiver {

// `is_live`: from a receiver that speaks now, not from a recording of one.
std::vector<inspect::FieldText> point_fields(const gps::Fix& fix, bool is_live);
// `last`: the newest of the fixes, for the time, the type and the satellites.
std::vector<inspect::FieldText> point_fields(const gps::Average& average, const gps::Fix& last, bool is_live);

}  // namespace kuangxun::receiver
