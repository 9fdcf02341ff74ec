#pragma once

#include <memory>
#include <string>

#include "app/gps/byte_source.h"
#include "db/base/clock.h"

namespace kuangxun::gps {

// Whether what a person named speaks now (a serial port, an address on the network) and is no recording.
bool is_live_source(const std::string& text);

// "gpsd://…", "tcp://…", "udp://…", "auto" or a device, each with what its own parser takes; anything else is a
// recording's path, played at `speed` (ReplayOptions). `clock` outlives the source.
Result<std::unique_ptr<ByteSource>> open_source(const std::string& text, double speed, Clock& clock);

}  // namespace kuangxun::gps
