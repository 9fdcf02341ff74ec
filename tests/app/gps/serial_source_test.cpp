#include "app/gps/serial_source.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>

#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "db/base/clock.h"
#include "db/language/language.h"
#include "tests/app/gps/sentences.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::printed;

namespace {

const std::string moment = printed("GPGGA,101112.00,4313.0000,N,08149.0000,E,1,08,1.0,1200.0,M,-45.0,M,,") +
                           printed("GPRMC,101112.00,A,4313.0000,N,08149.0000,E,0.0,,240926,,,A");

// What is plugged in, for a line of a test: port name to the speed of its receiver and what it says each second.
struct Bench {
  struct Device {
    int baud = 9600;
    std::string says = moment;
    bool is_busy = false;
  };
  std::map<std::string, Device> devices;
  std::int64_t steady_ms = 0;
  std::vector<int> tried;
};
Bench* bench = nullptr;

class BenchClock final : public Clock {
 public:
  std::int64_t now_ms() override { return 1'790'000'000'000 + bench->steady_ms; }
  std::int64_t steady_ms() override { return bench->steady_ms; }
};

// At the wrong speed bits are read at the wrong places: nothing of the text survives, though bytes come.
class BenchLine final : public SerialLine {
 public:
  Status open(const std::string& port) override {
    const auto found = bench->devices.find(port);
    if (found == bench->devices.end() || found->second.is_busy) return Error(ErrorCode::unavailable, "no such port");
    port_ = port;
    return {};
  }
  Status set_baud(int baud) override {
    baud_ = baud;
    bench->tried.push_back(baud);
    return {};
  }
  Result<std::size_t> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override {
    const auto found = bench->devices.find(port_);
    if (found == bench->devices.end()) return Error(ErrorCode::unavailable, "gone");
    bench->steady_ms += std::max<std::int64_t>(1, wait_ms_max);
    if (bench->steady_ms / 1000 == said_s_) return std::size_t{0};
    said_s_ = bench->steady_ms / 1000;
    std::string heard = found->second.says;
    if (baud_ != found->second.baud) {
      std::uint32_t noise = static_cast<std::uint32_t>(baud_);
      for (char& c : heard) {
        noise = noise * 1664525 + 1013904223;
        c = static_cast<char>(noise >> 24);
      }
    }
    const std::size_t count = std::min(heard.size(), into.size());
    std::copy_n(heard.begin(), count, into.begin());
    return count;
  }
  void close() override { port_.clear(); }

 private:
  std::string port_;
  int baud_ = 0;
  std::int64_t said_s_ = -1;
};

std::vector<SerialPort> bench_ports() {
  std::vector<SerialPort> ports;
  for (const auto& [name, device] : bench->devices) ports.push_back({name, "receiver"});
  return ports;
}

struct Situation {
  Situation() { bench = &plugged; }
  ~Situation() { bench = nullptr; }
  Bench plugged;
  BenchClock clock;

  std::unique_ptr<SerialSource> open(SerialAddress address) {
    auto source = SerialSource::open(std::move(address), clock, std::make_unique<BenchLine>(), &bench_ports);
    REQUIRE(source.ok());
    return std::move(*source);
  }
  // What comes in so many seconds.
  std::string listen(SerialSource& source, int seconds) {
    std::string text;
    std::array<std::uint8_t, 512> buffer{};
    const std::int64_t until_ms = plugged.steady_ms + seconds * 1000;
    while (plugged.steady_ms < until_ms) {
      if (source.port().empty()) plugged.steady_ms += 100;
      const auto reading = source.read(buffer, 0);
      REQUIRE(reading.ok());
      REQUIRE_FALSE(reading->ended);
      text.append(reinterpret_cast<const char*>(buffer.data()), reading->count);
      plugged.steady_ms += 10;
    }
    return text;
  }
};

struct PseudoTerminal {
  PseudoTerminal() : master(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(master >= 0);
    REQUIRE(::grantpt(master) == 0);
    REQUIRE(::unlockpt(master) == 0);
    name = ::ptsname(master);
  }
  ~PseudoTerminal() { unplug(); }
  void say(std::string_view text) const {
    CHECK(::write(master, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void unplug() {
    if (master >= 0) ::close(master);
    master = -1;
  }
  int master;
  std::string name;
};

}  // namespace

TEST_CASE("the speed of a receiver is found whatever it is, and nothing read at a wrong one is handed on") {
  for (const int baud : SerialSource::bauds) {
    CAPTURE(baud);
    Situation situation;
    situation.plugged.devices["/dev/ttyUSB0"] = {baud, moment, false};
    const auto source = situation.open({"/dev/ttyUSB0", {}});
    const std::string text = situation.listen(*source, 40);
    REQUIRE(source->baud().has_value());
    CHECK(*source->baud() == baud);
    // Whole moments from the first, the one that proved the speed among them.
    CHECK(text.starts_with(moment));
    CHECK(text.size() % moment.size() == 0);
  }
}

TEST_CASE("a speed that was named is not looked for, and another speed than the receiver's gives nothing") {
  Situation situation;
  situation.plugged.devices["/dev/ttyUSB0"] = {38400, moment, false};
  const auto right = situation.open({"/dev/ttyUSB0", 38400});
  CHECK(situation.listen(*right, 3).starts_with(moment));
  const auto wrong = situation.open({"/dev/ttyUSB0", 9600});
  CHECK(situation.listen(*wrong, 30).empty());
  CHECK_FALSE(wrong->baud().has_value());
  CHECK(std::ranges::find(situation.plugged.tried, 4800) == situation.plugged.tried.end());
}

TEST_CASE("a receiver among binary messages is found too") {
  Situation situation;
  std::string binary(400, '\x01');
  situation.plugged.devices["/dev/ttyACM0"] = {115200, binary + moment, false};
  const auto source = situation.open({"/dev/ttyACM0", {}});
  situation.listen(*source, 20);
  CHECK(source->baud() == 115200);
}

TEST_CASE("unplugged and plugged in again, the receiver goes on; nobody presses anything") {
  Situation situation;
  situation.plugged.devices["/dev/ttyUSB0"] = {4800, moment, false};
  const auto source = situation.open({"/dev/ttyUSB0", {}});
  situation.listen(*source, 20);
  REQUIRE(source->baud() == 4800);
  situation.plugged.devices.clear();
  CHECK(situation.listen(*source, 30).empty());
  CHECK(source->port().empty());
  situation.plugged.devices["/dev/ttyUSB0"] = {4800, moment, false};
  // The speed it had is tried first.
  const std::string text = situation.listen(*source, 5);
  CHECK(text.starts_with(moment));
}

TEST_CASE("a receiver that is set to another speed is found at it") {
  Situation situation;
  situation.plugged.devices["/dev/ttyUSB0"] = {9600, moment, false};
  const auto source = situation.open({"/dev/ttyUSB0", {}});
  situation.listen(*source, 5);
  REQUIRE(source->baud() == 9600);
  situation.plugged.devices["/dev/ttyUSB0"].baud = 115200;
  situation.listen(*source, 90);
  CHECK(source->baud() == 115200);
}

TEST_CASE("with “auto” the port with a receiver is found among others, also when it is plugged in later") {
  Situation situation;
  situation.plugged.devices["/dev/ttyS0"] = {9600, "", false};
  situation.plugged.devices["/dev/ttyS1"] = {9600, moment, true};
  const auto source = situation.open({"", {}});
  CHECK(situation.listen(*source, 60).empty());
  situation.plugged.devices["/dev/ttyUSB3"] = {38400, moment, false};
  const std::string text = situation.listen(*source, 120);
  CHECK(source->port() == "/dev/ttyUSB3");
  CHECK(source->baud() == 38400);
  CHECK(text.starts_with(moment));
}

TEST_CASE("a pseudo-terminal: real bytes, cut in mid-sentence, and the other end goes away") {
  SystemClock clock;
  PseudoTerminal terminal;
  auto opened = open_source(terminal.name, 1, clock);
  REQUIRE(opened.ok());
  FixStream stream(std::move(*opened), clock);
  terminal.say("garbage\n" + moment);
  std::optional<Fix> fix;
  for (int i = 0; i < 30 && !fix; ++i) fix = stream.next();
  REQUIRE(fix.has_value());
  CHECK(fix->latitude_nanodegrees == 43'216'666'667);
  // Pulled out in the middle of a sentence: no fix of the half, no end, no error.
  terminal.say(moment.substr(0, 50));
  terminal.unplug();
  for (int i = 0; i < 5; ++i) CHECK_FALSE(stream.next().has_value());
  CHECK_FALSE(stream.ended());
  CHECK_FALSE(stream.error().has_value());
}

TEST_CASE("a port that is not there is said at once, with what to do") {
  set_language(Language::english);
  SystemClock clock;
  const auto opened = open_source("/dev/ttyUSB97", 1, clock);
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code() == ErrorCode::unavailable);
  CHECK(opened.error().message().find("/dev/ttyUSB97") != std::string::npos);
  CHECK(opened.error().message().find("plugged in") != std::string::npos);
  set_language(Language::chinese);
}

TEST_CASE("how serial ports are written") {
  const auto plain = parse_serial_address("/dev/ttyUSB0");
  REQUIRE(plain.ok());
  CHECK(plain->port == "/dev/ttyUSB0");
  CHECK_FALSE(plain->baud.has_value());
  const auto fast = parse_serial_address("auto@115200");
  REQUIRE(fast.ok());
  CHECK(fast->port.empty());
  CHECK(fast->baud == 115200);
  for (const auto* wrong : {"/dev/ttyUSB0@", "/dev/ttyUSB0@fast", "/dev/ttyUSB0@0", "/dev/ttyUSB0@9600x"}) {
    CAPTURE(wrong);
    CHECK(parse_serial_address(wrong).error().code() == ErrorCode::usage);
  }
  CHECK(is_serial_address("auto"));
  CHECK(is_serial_address("/dev/null"));
  CHECK_FALSE(is_serial_address("day1.nmea"));
}
