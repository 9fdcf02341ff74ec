#pragma once

#include <string>

#include "db/base/running.h"

namespace kuangxun::office {

// "120 operations · sent 0.3 MB · received 12 KB", for whoever waits for it; empty while there is nothing to say.
std::string progress_text(const Running& running);

}  // namespace kuangxun::office
