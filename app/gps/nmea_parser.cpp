#include "app/gps/nmea_parser.h"

namespace kuangxun::gps {

void NmeaParser::feed(ByteView bytes, std::vector<Fix>& fixes) {
  scanner_.feed(bytes, [&](std::string_view sentence) {
    if (const auto report = read_report(sentence)) epochs_.take(*report, sentence, fixes);
  });
}

}  // namespace kuangxun::gps
