#pragma once

#include <string>

#include "app/gps/nmea_scanner.h"

namespace kuangxun::gps {

// Why no position came of what was heard, a finished sentence for the person at the receiver: nothing that is NMEA,
// sentences without a checksum or with a wrong one, or a receiver that has no fix itself.
std::string no_fix_text(const NmeaScanner::Counts& heard);

}  // namespace kuangxun::gps
