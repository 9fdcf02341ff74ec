#pragma once

#include "app/cli/command.h"
#include "app/printout/record_facts.h"

namespace kuangxun::cli {

// What stands beside records; where their pictures are only when asked, for that looks into the folder of originals.
Result<printout::Beside> read_beside(Context& context, history::RecordReader& store, bool with_photos);

}  // namespace kuangxun::cli
