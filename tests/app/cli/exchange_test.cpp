// Two laptops and the county's real program, all on this machine.
#include "tests/app/cli/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
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
  REQUIRE(first.run({"record", source_folder() + "/assets/examples/visit-site.json"}).exit_code == 0);
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
  for (const char* address : {"https://127.0.0.1", "ftp://127.0.0.1", "county", "https://:1"}) {
    CAPTURE(address);
    const auto refused = laptop.run({"sync", address});
    CHECK(refused.exit_code == 3);
    CHECK(refused.is_one_line());
    CHECK(refused.says(address));
    CHECK(refused.says("https://"));
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
