#pragma once

#include "app/report/view_entries.h"

namespace kuangxun::report {

// For this folder: a walked area as its paper prints it, laid over the line of `place`.
Result<WalkedAreaRow> walked_area_row(history::RecordReader& store, const history::RecordView& view, const Uuid& place,
                                      const PersonName& person_name);

}  // namespace kuangxun::report
