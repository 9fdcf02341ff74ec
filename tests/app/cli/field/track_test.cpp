#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/app/program/program.h"
#include "tests/support/where.h"

// Tracks with the real program: killed while a receiver speaks, and a day's recording.
namespace kuangxun::tests {
namespace {

std::string sentence(const std::string& words) {
  int sum = 0;
  for (const char c : words) sum ^= static_cast<unsigned char>(c);
  char end[8];
  std::snprintf(end, sizeof end, "*%02X\r\n", static_cast<unsigned>(sum));
  return "$" + words + end;
}

// What a receiver says in one second of a walk to the north, an hour there and an hour back.
std::string said(std::time_t time, int second) {
  constexpr int there = 3600;
  const double metres = 3.2 * std::abs((second % (2 * there)) - there);
  std::tm utc{};
  gmtime_r(&time, &utc);
  char clock[16], date[16], latitude[24], words[160];
  std::strftime(clock, sizeof clock, "%H%M%S.00", &utc);
  std::strftime(date, sizeof date, "%d%m%y", &utc);
  // Some noise, as receivers have it.
  const double noise_m = 0.4 * std::sin(static_cast<double>(time) * 0.7) + 0.2 * std::sin(static_cast<double>(time));
  std::snprintf(latitude, sizeof latitude, "43%08.5f", 13.0 + (metres + noise_m) / 1851.7);
  const double longitude_minutes = 49.0 + 0.00021 * std::cos(static_cast<double>(time) * 0.9);
  std::snprintf(words, sizeof words, "GPGGA,%s,%s,N,081%08.5f,E,1,09,0.9,%.1f,M,-45.0,M,,", clock, latitude,
                longitude_minutes, 1200.0 + noise_m * 2);
  std::string text = sentence(words);
  std::snprintf(words, sizeof words, "GPRMC,%s,A,%s,N,081%08.5f,E,5.0,0.0,%s,,,A", clock, latitude, longitude_minutes,
                date);
  return text + sentence(words);
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
  std::uintmax_t sum = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) sum += entry.file_size();
  }
  return sum;
}

// A data folder with the county's registers and one visit; gives the visit's id.
std::string begin_visit(Program& program) {
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto rights = program.run({"list", "mining-right", "--json"}).json();
  REQUIRE_FALSE(rights.items.empty());
  const auto recorded =
      program.record(R"({"visit": {"place": ")" + member(rights.items.front(), "id") +
                     R"(", "visit_kind": "disclosure-check", "started_at": "2026-09-24T10:00:00+08:00"}})");
  CAPTURE(recorded.err);
  REQUIRE(recorded.exit_code == 0);
  const auto visits = program.run({"list", "visit", "--json"}).json();
  REQUIRE(visits.items.size() == 1);
  return member(visits.items.front(), "id");
}

// A receiver at the other end of a pseudo-terminal; its seconds are short ones.
class QuickReceiver {
 public:
  QuickReceiver() : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(::grantpt(master_) == 0);
    REQUIRE(::unlockpt(master_) == 0);
    name = ::ptsname(master_);
    // Held open here too, so that a program that dies does not hang the line up.
    slave_ = ::open(name.c_str(), O_RDONLY | O_NOCTTY);
    ::fcntl(master_, F_SETFL, O_NONBLOCK);
    speaking_ = std::thread([this] {
      const std::time_t begun = std::time(nullptr) - 3600;
      for (int second = 0; !stopping_; ++second) {
        const std::string text = said(begun + second, second);
        if (::write(master_, text.data(), text.size()) > 0) ++seconds_said;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    });
  }
  ~QuickReceiver() {
    stopping_ = true;
    speaking_.join();
    ::close(slave_);
    ::close(master_);
  }
  std::string name;
  std::atomic<int> seconds_said = 0;

 private:
  int master_;
  int slave_;
  std::atomic<bool> stopping_ = false;
  std::thread speaking_;
};

}  // namespace

TEST_CASE("the program is killed while it records: what was kept stands, and it goes on in the same track") {
  Program program;
  const std::string visit = begin_visit(program);
  QuickReceiver receiver;
  const std::string pid_file = (program.folder / "pid").string();
  const std::string command = Program::quoted(binary_folder() + "/bin/kuangxun") + " --data " +
                              Program::quoted(program.data()) + " track record " + Program::quoted(receiver.name) +
                              " --visit " + visit + " >/dev/null 2>&1 & echo $! >" + Program::quoted(pid_file);
  REQUIRE(std::system(command.c_str()) == 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(12'500));
  REQUIRE(::kill(std::stoi(Program::read(pid_file)), SIGKILL) == 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto again = program.run({"track", "record", receiver.name, "--visit", visit, "--seconds", "3", "--json"});
  CAPTURE(again.err);
  REQUIRE(again.exit_code == 0);
  const auto tracks = program.run({"track", "list", "--visit", visit, "--json"}).json();
  REQUIRE(tracks.items.size() == 1);
  // 12 s of which the last 5 may be lost, 20 fixes a second.
  const int points = std::stoi(tracks.items.front().find("points")->text);
  const int later = std::stoi(again.json().find("points")->text);
  CHECK(points - later >= 20 * 4);
  CHECK(std::stoi(tracks.items.front().find("gaps")->text) >= 1);
  CHECK(program.run({"verify"}).exit_code == 0);
  CHECK(program.run({"disputes"}).exit_code == 0);
}

TEST_CASE("twelve hours at one fix a second take less than a megabyte, and are read in once") {
  Program program;
  const std::string visit = begin_visit(program);
  const std::string recording = (program.folder / "day.nmea").string();
  constexpr int seconds = 12 * 3600;
  {
    std::ofstream file(recording, std::ios::binary);
    for (int second = 0; second < seconds; ++second) file << said(1'790'000'000 + second, second);
  }
  const std::uintmax_t before = bytes_in(program.data());
  const auto imported = program.run({"track", "import", recording, "--visit", visit, "--json"});
  CAPTURE(imported.err);
  REQUIRE(imported.exit_code == 0);
  CHECK(std::stoi(imported.json().find("points")->text) > seconds * 9 / 10);
  const std::uintmax_t grown = bytes_in(program.data()) - before;
  MESSAGE(imported.json().find("points")->text, " points, ", grown, " bytes more");
  CHECK(grown < 1'000'000);
  const auto twice = program.run({"track", "import", recording, "--visit", visit});
  CHECK(twice.exit_code == 3);
  CHECK(twice.is_one_line());
  CHECK(program.run({"track", "import", source_folder() + "/README.md", "--visit", visit}).exit_code == 3);
  CHECK(program.run({"track", "import", recording, "--visit", "nobody"}).exit_code == 3);
}

TEST_CASE("the mean of a recording by command, with its standard error and what was left out") {
  Program program;
  const std::string recording = (program.folder / "still.nmea").string();
  {
    std::ofstream file(recording, std::ios::binary);
    for (int second = 0; second < 200; ++second) file << said(1'790'000'000 + second, second == 100 ? 3620 : 3600);
  }
  const auto mean = program.run({"gps", "average", recording, "--json"});
  CAPTURE(mean.err);
  REQUIRE(mean.exit_code == 0);
  CHECK(mean.json().find("outliers")->text == "1");
  CHECK(std::stoi(mean.json().find("fixes")->text) >= 190);
  CHECK(std::stod(mean.json().find("latitude_deg")->text) == doctest::Approx(43 + 13.0 / 60).epsilon(1e-7));
  const auto few = program.run({"gps", "average", recording, "--fixes", "20", "--json"}).json();
  CHECK(few.find("fixes")->text == "20");
  CHECK(program.run({"gps", "average", recording, "--accuracy", "soon"}).exit_code == 2);
}

TEST_CASE("a handheld's GPX is read in, its segments stay apart, and a broken one changes nothing") {
  Program program;
  const std::string visit = begin_visit(program);
  const std::string path = (program.folder / "day.gpx").string();
  std::string text = "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\"><trk><trkseg>\n";
  for (int i = 0; i < 120; ++i) {
    char point[160];
    if (i == 60) text += "</trkseg><trkseg>\n";
    std::snprintf(point, sizeof point,
                  "<trkpt lat=\"%.6f\" lon=\"81.826\"><time>2026-09-24T02:%02d:%02dZ</time></trkpt>\n",
                  43.217 + i * 0.00003, i / 60, i % 60);
    text += point;
  }
  std::ofstream(path) << text << "</trkseg></trk></gpx>\n";
  const auto imported = program.run({"track", "import", path, "--visit", visit, "--json"});
  CAPTURE(imported.err);
  REQUIRE(imported.exit_code == 0);
  const auto tracks = program.run({"track", "list", "--visit", visit, "--json"}).json();
  REQUIRE(tracks.items.size() == 1);
  CHECK(tracks.items.front().find("points")->text == "120");
  CHECK(std::stoi(tracks.items.front().find("gaps")->text) >= 1);
  std::ofstream(path) << text;
  const auto broken = program.run({"track", "import", path, "--visit", visit});
  CHECK(broken.exit_code == 3);
  CHECK(broken.is_one_line());
}

}  // namespace kuangxun::tests
