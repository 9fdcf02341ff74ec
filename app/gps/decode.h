#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/gps/fix.h"
#include "app/gps/nmea_scanner.h"
#include "db/base/result.h"

namespace kuangxun::gps {

// All fixes of a recording as the receiver said them, ungated, in order; memory does not grow with the file.
// What was heard; not_found or unavailable when it cannot be read. A readable file without any fix is no error.
Result<NmeaScanner::Counts> decode_file(const std::filesystem::path& path, const std::function<void(const Fix&)>& take);
// The same in one piece; bad_input for more than limits::recording_fixes_max.
Result<std::vector<Fix>> decode_file(const std::filesystem::path& path);

}  // namespace kuangxun::gps
