#include "app/gps/network_source.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <thread>

#include "app/gps/decode.h"
#include "app/gps/fix_stream.h"
#include "db/base/clock.h"
#include "db/language/language.h"
#include "tests/app/gps/sentences.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::printed;

namespace {

// A port that a test speaks at.
class Speaker {
 public:
  Speaker() {
    listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
    REQUIRE(::listen(listening_, 4) == 0);
    socklen_t size = sizeof name;
    REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&name), &size) == 0);
    port = ntohs(name.sin_port);
  }
  ~Speaker() {
    hang_up();
    ::close(listening_);
  }
  void pick_up() { speaking_ = ::accept(listening_, nullptr, nullptr); }
  void say(std::string_view text) const {
    CHECK(::send(speaking_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    if (speaking_ >= 0) ::close(speaking_);
    speaking_ = -1;
  }
  int port = 0;

 private:
  int listening_ = -1;
  int speaking_ = -1;
};

std::string heard(NetworkSource& source, std::size_t bytes, int tries = 200) {
  std::string text;
  std::array<std::uint8_t, 4096> buffer{};
  for (int i = 0; i < tries && text.size() < bytes; ++i) {
    const auto reading = source.read(buffer, 20);
    REQUIRE(reading.ok());
    CHECK_FALSE(reading->ended);
    text.append(reinterpret_cast<const char*>(buffer.data()), reading->count);
  }
  return text;
}

NetworkAddress address_of(NetworkAddress::Protocol protocol, int port) {
  return {protocol, "127.0.0.1", std::to_string(port)};
}

}  // namespace

TEST_CASE("a receiver on the network that hangs up in mid-sentence is found again, and no wrong sentence comes of it") {
  SystemClock clock;
  Speaker speaker;
  auto source = NetworkSource::open(address_of(NetworkAddress::Protocol::tcp, speaker.port), clock);
  REQUIRE(source.ok());
  std::thread answering([&] {
    for (int i = 0; i < 3; ++i) {
      speaker.pick_up();
      speaker.say(printed("GPHDT,1.0,T") + "$GPHDT,2.0");
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      speaker.hang_up();
    }
  });
  const std::string text = heard(**source, 3 * (printed("GPHDT,1.0,T").size() + 10), 600);
  answering.join();
  CHECK((*source)->connections() == 3);
  NmeaScanner scanner;
  int sentences = 0;
  scanner.feed(as_bytes(text), [&](std::string_view sentence) {
    CHECK(sentence == "GPHDT,1.0,T");
    ++sentences;
  });
  CHECK(sentences == 3);
}

TEST_CASE("nobody there: asked again and again, never an error, never a busy loop") {
  SystemClock clock;
  auto source = NetworkSource::open({NetworkAddress::Protocol::tcp, "127.0.0.1", "1"}, clock);
  REQUIRE(source.ok());
  CHECK(heard(**source, 1, 20).empty());
  CHECK_FALSE((*source)->is_connected());
}

TEST_CASE("what is sent to our port by UDP is heard") {
  SystemClock clock;
  auto source = NetworkSource::open(address_of(NetworkAddress::Protocol::udp, 0), clock);
  REQUIRE(source.ok());
  const int sender = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  name.sin_port = htons(static_cast<std::uint16_t>((*source)->local_port()));
  const std::string text = printed("GPHDT,1.0,T");
  REQUIRE(::sendto(sender, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&name), sizeof name) > 0);
  CHECK(heard(**source, text.size()) == text);
  ::close(sender);
  CHECK_FALSE(NetworkSource::open(address_of(NetworkAddress::Protocol::udp, (*source)->local_port()), clock).ok());
}

// The real gpsd plays a recording by gpsfake; what comes through it is what the recording says.
TEST_CASE("through a real gpsd the fixes are those of the recording") {
  const std::filesystem::path recording = std::filesystem::path(source_folder()) / "../shared/receivers/neo-m8n.log";
  const bool has_gpsfake =
      kuangxun::tests::run_program({"/bin/sh", "-c", "command -v gpsfake && command -v gpsd"}).exit_code == 0;
  if (!has_gpsfake || !std::filesystem::exists(recording)) {
    MESSAGE(
        "SKIPPED: gpsfake (packages gpsd, gpsd-clients) or the recordings of receivers are not here: no real gpsd was "
        "asked");
    return;
  }
  constexpr int port = 29'471;
  const std::string command = "exec setsid gpsfake -1 -W 10 -c 0.05 -P " + std::to_string(port) + " '" +
                              recording.string() + "' >/dev/null 2>&1";
  std::atomic<bool> is_over = false;
  std::thread playing([&] {
    kuangxun::tests::run_program({"/bin/sh", "-c", command});
    is_over = true;
  });
  SystemClock clock;
  auto source = NetworkSource::open(address_of(NetworkAddress::Protocol::gpsd, port), clock);
  REQUIRE(source.ok());
  NetworkSource& network = **source;
  FixStream stream(*std::move(source), clock);
  std::vector<Fix> fixes;
  for (int i = 0; i < 400 && !is_over; ++i) {
    if (auto fix = stream.next(50)) fixes.push_back(*fix);
  }
  playing.join();
  const auto expected = decode_file(recording);
  REQUIRE(expected.ok());
  MESSAGE(fixes.size() << " fixes came through gpsd, the recording holds " << expected->size() << "; connections "
                       << network.connections());
  REQUIRE_FALSE(fixes.empty());
  // gpsd swallows what came before it knew the receiver; what it passes on is word for word.
  std::size_t alike = 0;
  for (const Fix& fix : fixes) {
    for (const Fix& other : *expected) {
      const bool is_same = fix.time_of_day_ms == other.time_of_day_ms &&
                           fix.latitude_nanodegrees == other.latitude_nanodegrees &&
                           fix.longitude_nanodegrees == other.longitude_nanodegrees;
      if (is_same) {
        ++alike;
        break;
      }
    }
  }
  CHECK(alike == fixes.size());
}

TEST_CASE("addresses of receivers") {
  const auto gpsd = parse_network_address("gpsd://localhost");
  REQUIRE(gpsd.ok());
  CHECK(gpsd->port == "2947");
  CHECK(gpsd->host == "localhost");
  const auto six = parse_network_address("tcp://[::1]:10110");
  REQUIRE(six.ok());
  CHECK(six->host == "::1");
  CHECK(six->port == "10110");
  CHECK(parse_network_address("udp://:10110").ok());
  for (const char* text : {"", "tcp://", "tcp://host", "tcp://host:99999", "tcp://host:12x", "http://host:80",
                           "tcp://[::1:10110", "host:10110"}) {
    CAPTURE(text);
    REQUIRE_FALSE(parse_network_address(text).ok());
    CHECK(parse_network_address(text).error().code() == ErrorCode::usage);
  }
}
