#pragma once

#include <string>
#include <vector>

#include "sync/server/county_writer.h"
#include "sync/server/operation_check.h"

namespace kuangxun::server {

// What the county writes when it hides operations of one writer, and when it shows them again.
std::vector<CountyEdit> hiding_edits(const County& county, const history::WriterId& writer,
                                     const history::SequenceRange& range, const Objection& objection);
CountyEdit release_edit(const County& county, const Decision& decision, std::string reason);

}  // namespace kuangxun::server
