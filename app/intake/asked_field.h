#pragma once

#include "db/records/describe.h"

namespace kuangxun::intake {

// Whether a person is asked for it: not for a reference, which follows from where the form or the row stands, nor for
// the spelling that the program keeps of a quantity ("output_written" beside "output").
bool is_asked(const records::KindDescription& kind, const records::FieldDescription& field);
// Whether a blank form or table has a place for it: that something is an example is marked elsewhere.
bool is_on_form(const records::KindDescription& kind, const records::FieldDescription& field);

}  // namespace kuangxun::intake
