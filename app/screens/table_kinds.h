#pragma once

#include "app/screens/making.h"

// For this folder: the tables that the window takes in.
namespace kuangxun::screens {

// What is chosen: a word of intake::table_kinds(), or "items-" and the id of the index whose item table it is.
SlotChoice kinds_of_tables(const Making& making);
// The id of the index; nothing when it is no item table.
std::optional<std::string> index_of_items(std::string_view word);

}  // namespace kuangxun::screens
