#pragma once

#include "app/report/visit_record.h"

namespace kuangxun::tests {

// A visit with something in every part; invented, and marked so. Texts are in language().
report::VisitRecord example_record();

}  // namespace kuangxun::tests
