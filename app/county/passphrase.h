#pragma once

#include <filesystem>

#include "db/base/result.h"

namespace kuangxun::county {

// Of a backup: never on the command line, where every user of the machine could read it.
Result<std::string> read_passphrase(const std::filesystem::path& file);

}  // namespace kuangxun::county
