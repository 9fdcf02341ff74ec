// Two laptops and the county's real program, all on this machine.
#include <doctest/doctest.h>
#include <signal.h>

#include <memory>
#include <vector>

#include "tests/app/cli/program.h"

namespace kuangxun::tests {
namespace {

const std::string county_program = KUANGXUN_BINARY_DIR "/bin/kuangxun-county";

// `kuangxun-county serve` until the object goes.
class Server {
 public:
  explicit Server(const std::string& store) {
    // The shell gives its id and becomes the program; timeout ends it should the test be killed.
    const std::string command = "echo $$; exec timeout 300 " + Program::quoted(county_program) + " --lang en --store " +
                                Program::quoted(store) + " serve --listen 127.0.0.1:0 2>&1";
    output_ = ::popen(command.c_str(), "r");
    REQUIRE(output_ != nullptr);
    id_ = std::stoi(line());
    const std::string told = line();
    const std::size_t at = told.find("http://");
    REQUIRE_MESSAGE(at != std::string::npos, told);
    address = std::string(trim(told.substr(at)));
  }
  ~Server() {
    ::kill(id_, SIGTERM);
    ::pclose(output_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address;

 private:
  std::string line() {
    std::string text(1000, '\0');
    if (::fgets(text.data(), static_cast<int>(text.size()), output_) == nullptr) return {};
    return text.substr(0, text.find('\0'));
  }
  FILE* output_ = nullptr;
  int id_ = 0;
};

struct Office {
  Office() { REQUIRE(run("init").exit_code == 0); }
  Outcome run(const std::string& words) const {
    const std::string out = (folder / "out").string();
    const std::string err = (folder / "err").string();
    const int status = std::system((Program::quoted(county_program) + " --lang en --store " + Program::quoted(store) +
                                    " " + words + " >" + out + " 2>" + err)
                                       .c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, Program::read(out), Program::read(err)};
  }
  std::string code() const {
    const Outcome told = run("enrol --name 示例电脑");
    REQUIRE(told.exit_code == 0);
    return std::string(trim(told.out));
  }
  TemporaryFolder folder;
  std::string store = "sqlite:" + (folder / "county.gpkg").string();
};

struct Laptop : Program {
  Laptop(const Office& office, const Server& server) {
    REQUIRE(run({"init"}).exit_code == 0);
    const Outcome joined = run({"enrol", server.address, office.code()});
    REQUIRE_MESSAGE(joined.exit_code == 0, joined.err);
  }
  cli::JsonValue sync() {
    const Outcome synced = run({"sync", "--json"});
    REQUIRE_MESSAGE(synced.exit_code == 0, synced.err);
    return synced.json();
  }
  // The mine of a mineral, without where its record stands on the way to the county.
  std::string value(const std::string& id, std::string_view field) {
    return member(run({"show", id, "--json"}).json(), field);
  }
};

std::string iron_mine(Program& laptop) {
  return member(where(laptop.run({"list", "mining-right", "--json"}).json(), "mineral", "iron"), "id");
}

}  // namespace

TEST_CASE("two laptops change one field apart: both see the dispute, one settles it, both and the county agree") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  CHECK(member(first.run({"status", "--json"}).json(), "enrolled") == "true");
  CHECK(member(first.run({"status", "--json"}).json(), "county_url") == server.address);
  const std::string mine = iron_mine(first);
  REQUIRE(first.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  REQUIRE(second.run({"set", mine, "mining_method=open-pit"}).exit_code == 0);
  CHECK(member(first.run({"status", "--json"}).json(), "unsynced_operations") == "1");
  CHECK(member(first.run({"status", "--json"}).json(), "oldest_unsynced") != "null");

  CHECK(member(first.sync(), "disputes") == "0");
  CHECK(member(second.sync(), "disputes") == "1");
  CHECK(member(first.sync(), "disputes") == "1");
  CHECK(member(first.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  const Outcome disputed = first.run({"disputes", "--json"});
  CHECK(disputed.exit_code == 1);
  CHECK(second.run({"disputes"}).exit_code == 1);
  REQUIRE(disputed.json().items.size() == 1);
  const cli::JsonValue dispute = disputed.json().items.front();
  REQUIRE(dispute.find("values")->items.size() == 2);
  // Neither of them is a plain field to edit now.
  CHECK(first.run({"set", mine, "mining_method=underground"}).exit_code == 3);

  std::string taken;
  for (const auto& value : dispute.find("values")->items) {
    if (member(*value.find("values"), "mining_method") == "open-pit") taken = member(value, "operation");
  }
  REQUIRE(!taken.empty());
  REQUIRE(first.run({"resolve", member(dispute, "id"), "--take", taken}).exit_code == 0);
  CHECK(first.run({"disputes"}).exit_code == 0);
  CHECK(second.run({"disputes"}).exit_code == 1);
  CHECK(member(first.sync(), "disputes") == "0");
  CHECK(member(second.sync(), "disputes") == "0");
  for (Laptop* laptop : {&first, &second}) {
    CHECK(laptop->run({"disputes", "--json"}).out == "[]\n");
    CHECK(laptop->value(mine, "mining_method") == "open-pit");
    CHECK(member(laptop->run({"verify", "--json"}).json(), "ok") == "true");
  }
  CHECK(first.run({"list", "mining-right", "--json"}).json().items.size() == 16);
}

TEST_CASE("a visit recorded on one laptop is on the other after both synced") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  REQUIRE(first.run({"record", std::string(KUANGXUN_SOURCE_DIR) + "/assets/examples/visit-site.json"}).exit_code == 0);
  const auto sent = first.sync();
  CHECK(member(sent, "photos_sent") == "1");
  CHECK(member(second.sync(), "photos_fetched") == "1");
  for (const char* kind : {"visit", "gps-point", "finding", "visit-party", "restoration-status", "photo"}) {
    CAPTURE(kind);
    const auto there = second.run({"list", kind, "--json"}).json();
    const auto here = first.run({"list", kind, "--json"}).json();
    REQUIRE(!here.items.empty());
    REQUIRE(there.items.size() == here.items.size());
    for (const auto& record : here.items) {
      CHECK(member(record, "state") == "applied");
      CHECK(where(there, "id", member(record, "id")).find("name") != nullptr);
    }
  }
  CHECK(member(second.run({"verify", "--json"}).json(), "ok") == "true");
}

TEST_CASE("the county is down, moves, and addresses that would not be safe") {
  const Office office;
  auto server = std::make_unique<Server>(office.store);
  Laptop laptop(office, *server);
  const std::string mine = iron_mine(laptop);
  server.reset();
  REQUIRE(laptop.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  const auto down = laptop.run({"sync"});
  CHECK(down.exit_code == 4);
  CHECK(down.is_one_line());
  CHECK(down.says("127.0.0.1"));
  CHECK(down.out.empty());
  // Nothing is lost, and work goes on.
  CHECK(member(laptop.run({"status", "--json"}).json(), "unsynced_operations") == "1");
  CHECK(laptop.value(mine, "mining_method") == "underground");
  for (const char* address : {"http://10.0.0.1:80", "https://127.0.0.1:8443", "ftp://127.0.0.1", "county"}) {
    CAPTURE(address);
    const auto refused = laptop.run({"sync", address});
    CHECK(refused.exit_code == 3);
    CHECK(refused.is_one_line());
    CHECK(refused.says(address));
    CHECK(refused.says("http://127.0.0.1:PORT"));
  }
  const Server again(office.store);
  const auto synced = laptop.run({"sync", again.address, "--json"});
  CHECK_MESSAGE(synced.exit_code == 0, synced.err);
  CHECK(member(laptop.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  CHECK(member(laptop.run({"status", "--json"}).json(), "county_url") == again.address);
}

TEST_CASE("a laptop that never enrolled, and a code that is wrong or used") {
  const Office office;
  const Server server(office.store);
  Program stranger;
  REQUIRE(stranger.run({"init"}).exit_code == 0);
  const auto early = stranger.run({"sync"});
  CHECK(early.exit_code == 4);
  CHECK(early.is_one_line());
  CHECK(early.says("enrol"));
  CHECK(member(stranger.run({"status", "--json"}).json(), "enrolled") == "false");
  const std::string code = office.code();
  Program other;
  REQUIRE(other.run({"init"}).exit_code == 0);
  REQUIRE(other.run({"enrol", server.address, code}).exit_code == 0);
  for (const std::string& wrong : {code, std::string("NOT-A-CODE")}) {
    const auto refused = stranger.run({"enrol", server.address, wrong});
    CHECK(refused.exit_code >= 3);
    CHECK(refused.is_one_line());
  }
  CHECK(stranger.run({"sync"}).exit_code == 4);
}

}  // namespace kuangxun::tests
