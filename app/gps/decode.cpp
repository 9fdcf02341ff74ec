#include "app/gps/decode.h"

#include <string>

#include "app/gps/fix_stream.h"
#include "app/gps/replay_source.h"
#include "db/base/limits.h"
#include "db/language/language.h"

// A recording is read as a receiver would be, through the same stream, so that it says what the live receiver said.
namespace kuangxun::gps {

Result<NmeaScanner::Counts> decode_file(const std::filesystem::path& path,
                                        const std::function<void(const Fix&)>& take) {
  SystemClock clock;
  KX_TRY(source, ReplaySource::open(path, clock, {.speed = 0}));
  FixStream stream(std::move(source), clock);
  while (!stream.ended()) {
    if (const auto fix = stream.next()) take(*fix);
  }
  if (stream.error()) return *stream.error();
  return stream.counts();
}

Result<std::vector<Fix>> decode_file(const std::filesystem::path& path) {
  std::vector<Fix> fixes;
  bool too_many = false;
  KX_CHECK(decode_file(path, [&](const Fix& fix) {
    too_many = too_many || fixes.size() == limits::recording_fixes_max;
    if (!too_many) fixes.push_back(fix);
  }));
  if (too_many) {
    return Error(ErrorCode::bad_input, phrase("the receiver recording {0} has more than {1} fixes; split it",
                                              {path.string(), std::to_string(limits::recording_fixes_max)}));
  }
  return fixes;
}

}  // namespace kuangxun::gps
