#pragma once

#include "app/criteria/shelf.h"
#include "app/report/visit_record.h"
#include "app/typeset/pdf.h"
#include "db/base/attachment_folder.h"
#include "db/history/record_store.h"

namespace kuangxun::office {

// The paper of a visit with its checklists' words, photos, and the verdicts on its place by the catalogue of the day on
// which the visit started.
Result<typeset::Pdf> make_visit_paper(history::RecordStore& store, const AttachmentFolder& attachments,
                                      criteria::CatalogueShelf& shelf, const Uuid& visit);

}  // namespace kuangxun::office
