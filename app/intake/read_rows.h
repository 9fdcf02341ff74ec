#pragma once

#include <string>
#include <vector>

#include "app/intake/heading.h"
#include "app/intake/import_options.h"
#include "app/intake/mine_names.h"
#include "app/intake/restoration_names.h"
#include "app/intake/table_row.h"

// For this folder only.
namespace kuangxun::intake {

// Those that rows may name.
struct Names {
  const MineNames& mines;
  const RestorationNames& restoration;
};

struct ReadTable {
  std::vector<TableRow> rows;
  std::vector<std::string> notes;
};

Result<ReadTable> read_rows(const sheets::Sheet& sheet, const records::KindDescription& kind, const Names& names,
                            const ImportOptions& options, int this_year);

}  // namespace kuangxun::intake
