#include "app/gps/heard_text.h"

#include "db/base/language.h"

namespace kuangxun::gps {

std::string no_fix_text(const NmeaScanner::Counts& heard) {
  const auto number = [](std::int64_t count) { return std::to_string(count); };
  if (heard.sentences > 0) {
    return say_with("收到 {0} 句完好的语句，接收机自己还没有定位；到开阔处稍候",
                    "{0} sound sentences came, and the receiver has no fix itself; wait under an open sky",
                    {number(heard.sentences)});
  }
  if (!heard.is_anything()) {
    return say_text("没有听到 NMEA 语句；核对端口、波特率和接收机的输出格式",
                    "no NMEA sentence came; check the port, its speed and the receiver's output format");
  }
  if (heard.broken >= heard.bad_checksums) {
    return say_with("有 {0} 句没有校验和或不完整，传错了也看不出来，所以不用；请在接收机里打开校验和",
                    "{0} sentences had no checksum or were cut, so that nothing would tell an error in them; none was "
                    "used. Switch checksums on in the receiver",
                    {number(heard.broken)});
  }
  return say_with("有 {0} 句校验和不符，没有一句完好；核对波特率和接线",
                  "{0} sentences had wrong checksums and none was sound; check the speed and the cable",
                  {number(heard.bad_checksums)});
}

}  // namespace kuangxun::gps
