#pragma once

#include "app/report/visit_record.h"
#include "app/typeset/pdf.h"

namespace kuangxun::report {

// The paper in language(). Its footer and its last lines carry the record's id and the SHA-256 of the words printed
// above them, so that a paper can be held against what the store prints again.
// Errors as typeset::write_pdf.
Result<typeset::Pdf> typeset_visit_record(const VisitRecord& record);

}  // namespace kuangxun::report
