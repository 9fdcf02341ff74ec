#include "app/gps/heard_text.h"

#include "db/language/language.h"

// What speaks most of the cause comes first: sound sentences mean that line and speed are right.
namespace kuangxun::gps {

std::string no_fix_text(const NmeaScanner::Counts& heard) {
  const auto number = [](std::int64_t count) { return std::to_string(count); };
  if (heard.sentences > 0) {
    return say_with("{0} sound sentences came, and the receiver has no fix itself; wait under an open sky",
                    {number(heard.sentences)});
  }
  if (!heard.is_anything()) {
    return say_text("no NMEA sentence came; check the port, its speed and the receiver's output format");
  }
  if (heard.broken >= heard.bad_checksums) {
    return say_with(
        "{0} sentences had no checksum or were cut, so that nothing would tell an error in them; none was "
        "used. Switch checksums on in the receiver",
        {number(heard.broken)});
  }
  return say_with("{0} sentences had wrong checksums and none was sound; check the speed and the cable",
                  {number(heard.bad_checksums)});
}

}  // namespace kuangxun::gps
