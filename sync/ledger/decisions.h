#pragma once

#include <string>
#include <vector>

#include "sync/ledger/county_writer.h"
#include "sync/rights/operation_check.h"

namespace kuangxun::ledger {

// What the county writes when it hides operations of one writer, and when it shows them again.
std::vector<CountyEdit> hiding_edits(const County& county, const history::WriterId& writer,
                                     const history::SequenceRange& range, const rights::Objection& objection);
CountyEdit release_edit(const County& county, const rights::Decision& decision, std::string reason);

}  // namespace kuangxun::ledger
