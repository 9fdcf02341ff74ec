#pragma once

#include "app/cli/invocation.h"
#include "app/criteria/shelf.h"

// For this folder only: what check, criteria and report have in common.
namespace kuangxun::cli {

// The day of --on, else today.
Result<Day> day_asked_for(const Context& context);
// The rules of this data folder.
Result<criteria::CatalogueShelf> open_shelf(const Context& context, history::RecordStore& store);
}  // namespace kuangxun::cli
