#include "app/gps/open_source.h"

#include "app/gps/network_source.h"
#include "app/gps/replay_source.h"
#include "app/gps/serial_source.h"

// What a person types decides by its form alone, before anything is opened: an address has "://", a port is a device or
// "auto", and anything else is a recording.
namespace kuangxun::gps {
namespace {

bool is_network(const std::string& text) {
  return text.find("://") != std::string::npos;
}

template <typename Source>
Result<std::unique_ptr<ByteSource>> as_source(Result<std::unique_ptr<Source>> made) {
  if (!made.ok()) return made.error();
  return std::unique_ptr<ByteSource>(std::move(*made));
}

}  // namespace

bool is_live_source(const std::string& text) {
  return is_network(text) || is_serial_address(text);
}

Result<std::unique_ptr<ByteSource>> open_source(const std::string& text, double speed, Clock& clock) {
  if (is_network(text)) {
    KX_TRY(address, parse_network_address(text));
    return as_source(NetworkSource::open(std::move(address), clock));
  }
  if (is_serial_address(text)) {
    KX_TRY(address, parse_serial_address(text));
    return as_source(SerialSource::open(std::move(address), clock));
  }
  return as_source(ReplaySource::open(text, clock, {speed}));
}

}  // namespace kuangxun::gps
