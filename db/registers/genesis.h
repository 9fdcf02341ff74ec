#pragma once

#include <filesystem>

#include "db/base/result.h"
#include "db/frames/frame.h"

namespace kuangxun::registers {

// The registers as one frame: fixed writer, fixed ids, fixed time, uncompressed, so that it is the same bytes on every
// machine. refused when the folder's files no longer give the frame that this program is pinned to.
Result<frames::Frame> build_genesis_frame(const std::filesystem::path& folder);

// The frame of whatever the folder holds, pinned or not; to find the hash of a new edition.
Result<frames::Frame> build_unpinned_frame(const std::filesystem::path& folder);

}  // namespace kuangxun::registers
