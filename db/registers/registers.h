#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "db/base/result.h"
#include "db/base/uuid.h"
#include "db/records/record.h"

// The county's registers: the tables of the plan of 2021-2025 as CSV files, read into records with
// fixed ids. assets/registers/README.md describes the files.
namespace kuangxun::registers {

// The id of a register's record, the same on every laptop for ever: ("mining-right", "3-01").
Uuid register_id(std::string_view kind_name, std::string_view key);
// The id of the citation that says where one field of such a record stands in the plan.
Uuid citation_id(std::string_view kind_name, std::string_view key, std::string_view field_name);

// All records of a folder of registers, in an order that depends on the files alone: by kind number,
// within a kind as in its file; citations in the order of the records and fields they are about.
// Every value has been parsed and validated. bad_input with file, line and column for anything that
// is not understood: an unknown column, reference or choice, a key that is malformed or stands twice,
// a printed text without source. not_found when a file is missing.
Result<std::vector<records::Record>> load_registers(const std::filesystem::path& folder);

}  // namespace kuangxun::registers
